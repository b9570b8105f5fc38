import type { ManyResult, TunnelAnswer } from '@tunnel-console/shared/api'
import { chosenDraft, restoredDraft } from '@tunnel-console/shared/bulk'
import { diffDrafts, effectsOf, type FieldChange } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { fateOf } from '@tunnel-console/shared/fate'
import type { Risk } from '@tunnel-console/shared/field'
import { valueAt } from '@tunnel-console/shared/field-values'
import { draftProblems } from '@tunnel-console/shared/form'
import type { ChangedTunnel } from '@tunnel-console/shared/jobs'
import { patchOf } from '@tunnel-console/shared/patch'
import type { Problem } from '@tunnel-console/shared/problem'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { valueWords } from '@tunnel-console/shared/words'
import type { BulkDraft, ChosenOne } from './bulk-start.ts'

export const dryResults = ['will-change', 'already-so', 'refused', 'conflict', 'not-checked'] as const
export type DryResult = (typeof dryResults)[number]

export const dryWords: Record<DryResult, string> = {
  'will-change': 'Will change',
  'already-so': 'Already so',
  refused: 'Refused',
  conflict: 'Conflict',
  'not-checked': 'Not checked',
}

export interface DryEffect {
  text: string
  risk: Risk
}

/** One line of a dry run. `change` is what would be sent; it is there once the tunnel was read. */
export interface DryRow extends ChosenOne {
  result: DryResult
  changes: readonly FieldChange[]
  effects: readonly DryEffect[]
  reason: string
  change: ChangedTunnel | null
}

export const notChecked = ({ id, name }: ChosenOne, reason: string): DryRow => ({
  id,
  name,
  result: 'not-checked',
  changes: [],
  effects: [],
  reason,
  change: null,
})

/**
 * What a bulk edit comes to for one tunnel as it was just read, before Cloudflare is asked. `not-checked` with a change is
 * what there is to ask about; everything else is answered here.
 */
export function planRow(chosen: ChosenOne, answer: TunnelAnswer, { choices, restore }: BulkDraft): DryRow {
  const { tunnel, version } = answer
  const row = { ...notChecked(chosen, ''), name: tunnel.name || chosen.name }
  if (!isWholeTunnel(tunnel)) return { ...row, reason: 'Your role does not show enough of it' }
  const now = draftOf(tunnel)
  const former = restoredDraft(now, restore?.changes[chosen.id] ?? [])
  if (former.changedSince.length > 0) {
    return { ...row, result: 'conflict', reason: `Changed since then: ${changedWords(former.changedSince, now)}` }
  }
  const wanted = restore ? former.wanted : chosenDraft(now, choices)
  const changes = diffDrafts(now, wanted)
  if (changes.length === 0) return { ...row, result: 'already-so' }
  const effects = effectsOf(now, wanted).map(({ text, risk }) => ({ text, risk }))
  const full = { ...row, changes, effects, change: { id: chosen.id, version, ...patchOf(now, wanted) } }
  const wrong = draftProblems(wanted, { base: now })
  return wrong.length === 0 ? full : { ...full, result: 'refused', reason: wrong.map(ownWords).join(' ') }
}

const ownWords = ({ message }: { message: string }) => `${message}.`

function changedWords(changes: readonly FieldChange[], now: TunnelDraft): string {
  const of = ({ path, label, after }: FieldChange) =>
    `${label} was ${valueWords(path, after)} then and is ${valueWords(path, valueAt(now, path))} now`
  return changes.map(of).join('; ')
}

/** A tunnel that could not be read. */
export function unreadRow(chosen: ChosenOne, problem: Problem): DryRow {
  const row = notChecked(chosen, wordsOf(problem))
  return problem.code === 'not-found' ? { ...row, result: 'refused', reason: 'It was deleted meanwhile' } : row
}

/** What the dry run says of a row that was asked about. */
export function judgedRow(row: DryRow, answer: ManyResult | undefined): DryRow {
  if (!answer) return { ...row, reason: 'The console did not answer for this tunnel' }
  const reason = answer.problem ? wordsOf(answer.problem) : ''
  switch (answer.outcome) {
    case 'valid':
    case 'applied':
      return { ...row, result: 'will-change', reason: '' }
    case 'unchanged':
      return { ...row, result: 'already-so', changes: [], effects: [], reason: '' }
    case 'conflict':
      return { ...row, result: 'conflict', reason: 'Somebody changed it just now' }
    case 'rejected':
      return refusedRow(row, answer.problem, reason)
    case 'unknown':
      return { ...row, reason }
  }
}

/** Only what is wrong with the change itself is a refusal; what else was in the way says nothing of it. */
function refusedRow(row: DryRow, problem: Problem | undefined, reason: string): DryRow {
  if (problem?.code === 'not-found') return { ...row, result: 'refused', reason: 'It was deleted meanwhile' }
  return problem && fateOf(problem) === 'refused' ? { ...row, result: 'refused', reason } : { ...row, reason }
}

/** A problem in one line: the fields' own words, Cloudflare's, or ours. */
export function wordsOf({ errors, upstream, detail, title }: Problem): string {
  const told = [errors?.map((error) => error.detail), upstream?.map(({ message }) => message)]
  const words = told.find((list) => list && list.length > 0)?.join(' ') ?? detail
  return words ?? title
}

export function countResults(rows: readonly DryRow[]): Record<DryResult, number> {
  const counts = { 'will-change': 0, 'already-so': 0, refused: 0, conflict: 0, 'not-checked': 0 }
  for (const { result } of rows) counts[result] += 1
  return counts
}
