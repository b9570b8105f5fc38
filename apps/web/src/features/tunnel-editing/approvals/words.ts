import type { ApprovalEntry, ApprovalState } from '@tunnel-console/shared/approvals'
import { namesText } from '../../../lib/names-text.ts'
import type { Tone } from '../../../ui/tone.ts'

export const stateLooks: Record<ApprovalState, [word: string, tone: Tone]> = {
  waiting: ['Waiting for approval', 'establishing'],
  applying: ['Being applied', 'establishing'],
  applied: ['Approved and applied', 'up'],
  failed: ['Approved, not applied', 'down'],
  unknown: ['Approved, outcome unknown', 'degraded'],
  declined: ['Declined', 'unknown'],
  withdrawn: ['Withdrawn', 'unknown'],
  lapsed: ['Lapsed', 'unknown'],
}

/** The fields that it changes, by their names. */
export const fieldsText = ({ effects }: Pick<ApprovalEntry, 'effects'>) => namesText(effects.map(({ label }) => label))

/** How it ended, in a sentence: who decided, and what they said. */
export function endText({ state, decidedBy, word, why }: ApprovalEntry): string {
  const who = decidedBy?.email ?? 'The console'
  const said = word === null ? '' : ` “${word}”`
  const sentences: Record<ApprovalState, string> = {
    waiting: '',
    applying: `${who} approved it.${said}`,
    applied: `${who} approved it, and it was applied.${said}`,
    failed: `${who} approved it, but it was not applied.${said}`,
    unknown: `${who} approved it, and nobody knows yet whether it was applied.${said}`,
    declined: `${who} declined it.${said}`,
    withdrawn: 'Whoever asked for it withdrew it.',
    lapsed: 'It has lapsed. Nothing was changed.',
  }
  return [sentences[state], why].filter(Boolean).join(' ')
}
