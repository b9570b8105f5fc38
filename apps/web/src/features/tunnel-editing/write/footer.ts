import { clockTime } from '../../../lib/exact-times.ts'
import { count } from '../../../lib/format.ts'
import type { Phase, WriteState } from './write-state.ts'

/** What a write that succeeded has done. */
export type Done = 'saved' | 'created' | 'deleted'

export const unknownTitle = (done: Done) => `We do not know yet whether this was ${done}`
export const unknownReason = (done: Done) => `Wait until it is known whether it was ${done}`

export interface FooterLook {
  text: string
  tone: 'quiet' | 'good' | 'bad'
  primary: 'Review changes' | 'Merge'
  busy: boolean
  /** Why the primary button is off. */
  reason: string | undefined
}

/** What the footer says, and what its main button does. */
export function footerOf(phase: Phase, { verdict }: WriteState, changes: number): FooterLook {
  const look = (text: string, more: Partial<FooterLook> = {}): FooterLook => ({
    text,
    tone: 'quiet',
    primary: 'Review changes',
    busy: false,
    reason: undefined,
    ...more,
  })
  switch (phase) {
    case 'pristine':
      return look('No changes', { reason: 'Change a field first' })
    case 'dirty':
      return look(`${count(changes, 'change')}, not validated`)
    case 'validating':
      return look('Asking Cloudflare… nothing is saved', { busy: true })
    case 'valid': {
      const at = verdict?.kind === 'valid' ? ` ${clockTime(new Date(verdict.at))}` : ''
      return look(`Cloudflare accepts this. Nothing has been saved.${at}`, { tone: 'good' })
    }
    case 'stale':
      return look('Changed since validation')
    case 'invalid': {
      const problems = verdict?.kind === 'invalid' ? verdict.count : 1
      return look(count(problems, 'problem'), { tone: 'bad', reason: 'Change what is marked first' })
    }
    case 'unavailable':
      return look('Validation is unavailable. You can still review.')
    case 'conflict':
      return look('Someone else changed this tunnel', { tone: 'bad', primary: 'Merge' })
    case 'gone':
      return look('This tunnel was deleted', { tone: 'bad', reason: 'The tunnel is gone' })
    case 'applying':
      return look('Saving…', { busy: true })
    case 'saved':
      return look('Saved', { tone: 'good', reason: 'It is saved already' })
    case 'unknown':
      return look(unknownTitle('saved'), { tone: 'bad', reason: unknownReason('saved') })
  }
}
