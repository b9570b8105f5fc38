import type { PlanAnswer } from '@tunnel-console/shared/api'
import type { PlannedChange } from '@tunnel-console/shared/jobs'
import type { Problem } from '@tunnel-console/shared/problem'
import type { PlanKind } from '@tunnel-console/shared/travel/plan'
import type { Shape } from '../../../ui/state-shape.tsx'
import type { Tone } from '../../../ui/tone.ts'
import { plannedOf, type TravelRow } from './rows.ts'

/** How a row stands: `to-mend` something is wrong in the file; `open` nobody has asked Cloudflare; else what it said. */
export const standings = ['to-mend', 'refused', 'conflict', 'not-known', 'open', 'accepted', 'already-so'] as const
export type Standing = (typeof standings)[number]

export const standingLooks: Record<Standing, { word: string; tone: Tone; shape: Shape }> = {
  'to-mend': { word: 'To mend', tone: 'down', shape: 'square-cross' },
  refused: { word: 'Refused', tone: 'down', shape: 'square-cross' },
  conflict: { word: 'Conflict', tone: 'degraded', shape: 'triangle-alert' },
  'not-known': { word: 'Not known', tone: 'unknown', shape: 'diamond' },
  open: { word: 'Not checked', tone: 'unknown', shape: 'dashed-ring' },
  accepted: { word: 'Accepted', tone: 'up', shape: 'circle' },
  'already-so': { word: 'Already so', tone: 'up', shape: 'circle' },
}

export const kindWords: Record<PlanKind, string> = { create: 'Create', update: 'Change', delete: 'Delete' }

const byOutcome: Record<PlanAnswer['outcome'], Standing> = {
  valid: 'accepted',
  unchanged: 'already-so',
  rejected: 'refused',
  conflict: 'conflict',
  unknown: 'not-known',
}

function standingOf(row: TravelRow, answer: PlanAnswer | undefined): Standing {
  if (row.problems.length > 0) return 'to-mend'
  return answer ? byOutcome[answer.outcome] : 'open'
}

/** A row with how it stands, as the table shows it. */
export interface ShownRow extends TravelRow {
  standing: Standing
  /** Why Cloudflare or the console said no, in their words. */
  reason: string
  /** What goes into the job; `null` while it may not. */
  planned: PlannedChange | null
}

export function shownRow(row: TravelRow, answer: PlanAnswer | undefined): ShownRow {
  const standing = standingOf(row, answer)
  const isGood = standing === 'accepted' && row.asked !== null
  return {
    ...row,
    // What a fresh reading showed counts more than the list that the plan was made from.
    changes: row.kind === 'update' && answer?.changes?.length ? answer.changes : row.changes,
    standing,
    reason: answer?.problem ? wordsOf(answer.problem) : '',
    planned: isGood && row.asked ? plannedOf(row.asked, answer?.version) : null,
  }
}

function wordsOf({ title, detail, upstream, errors }: Problem): string {
  const said = upstream?.map(({ message }) => message).join(' ')
  return said || errors?.map((error) => error.detail).join(' ') || detail || title
}
