import type { TunnelPatch } from '@tunnel-console/shared/patch'
import type { Problem } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { clockTime, count } from '../../../lib/format.ts'

/** What a check said of one payload on one version. Of anything else it says nothing. */
export type Verdict = { stamp: string } & (
  | { kind: 'valid'; at: string }
  | { kind: 'invalid'; count: number; problem: Problem | null }
  | { kind: 'unavailable'; problem: Problem }
)

/** What stands between the person and the next step. */
export type Stop =
  /** `isAside`: the person went back to the form without deciding. */
  | { kind: 'conflict'; current: Tunnel; version: string; isAside?: boolean }
  | { kind: 'gone' }
  | { kind: 'unknown'; problem: Problem }
  | { kind: 'unchanged'; problem: Problem }

export interface EditState {
  work: 'idle' | 'validating' | 'applying' | 'saved'
  view: 'form' | 'review'
  verdict: Verdict | null
  stop: Stop | null
}

export type EditEvent =
  | { type: 'validating' }
  | { type: 'judged'; verdict: Verdict; goesOn?: boolean }
  | { type: 'interrupted' }
  | { type: 'reviewing' }
  | { type: 'back' }
  | { type: 'applying' }
  | { type: 'saved' }
  | { type: 'stopped'; stop: Stop }
  | { type: 'resumed' }
  | { type: 'merging'; isAside: boolean }
  | { type: 'rebased' }

export const startState: EditState = { work: 'idle', view: 'form', verdict: null, stop: null }

export function editReducer(state: EditState, event: EditEvent): EditState {
  switch (event.type) {
    case 'validating':
      return { ...state, work: 'validating', verdict: null, stop: null }
    case 'judged': {
      const isRefused = event.verdict.kind === 'invalid'
      const view = isRefused ? 'form' : event.goesOn ? 'review' : state.view
      return { work: 'idle', view, verdict: event.verdict, stop: null }
    }
    case 'interrupted':
      return { ...state, work: 'idle' }
    case 'reviewing':
      return { ...state, view: 'review' }
    case 'back':
      return { ...state, view: 'form', stop: null }
    case 'applying':
      return { ...state, work: 'applying', stop: null }
    case 'saved':
      return { ...state, work: 'saved', stop: null }
    case 'stopped':
      return { ...state, work: 'idle', stop: event.stop }
    case 'resumed':
      return { ...state, stop: null }
    case 'merging':
      return state.stop?.kind === 'conflict' ? { ...state, stop: { ...state.stop, isAside: event.isAside } } : state
    case 'rebased':
      return startState
  }
}

/** One text for one payload on one version: equal stamps mean that a verdict still speaks of what is there. */
export function stampOf(version: string, patch: TunnelPatch): string {
  return JSON.stringify([version, patch])
}

export type Phase =
  | 'pristine'
  | 'dirty'
  | 'validating'
  | 'valid'
  | 'stale'
  | 'invalid'
  | 'unavailable'
  | 'conflict'
  | 'gone'
  | 'applying'
  | 'saved'
  | 'unknown'

/** Where the form stands (the table of screens.md C3). */
export function phaseOf({ work, verdict, stop }: EditState, stamp: string, changes: number): Phase {
  if (work !== 'idle') return work
  if (stop && stop.kind !== 'unchanged') return stop.kind
  if (changes === 0) return 'pristine'
  if (verdict?.stamp === stamp) return verdict.kind
  return verdict?.kind === 'valid' ? 'stale' : 'dirty'
}

export interface FooterLook {
  text: string
  tone: 'quiet' | 'good' | 'bad'
  primary: 'Review changes' | 'Merge'
  busy: boolean
  /** Why the primary button is off. */
  reason: string | undefined
}

/** What the footer says, and what its main button does. */
export function footerOf(phase: Phase, { verdict }: EditState, changes: number): FooterLook {
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
      return look('We do not know whether this was saved', { tone: 'bad', reason: 'Check first whether it was saved' })
  }
}
