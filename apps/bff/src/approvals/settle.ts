import type { ApprovalState } from '@tunnel-console/shared/approvals'
import { fateOf } from '@tunnel-console/shared/fate'
import type { Problem } from '@tunnel-console/shared/problem'
import type { Outcome } from '../changes/request.ts'
import type { ApprovalRoom } from './room.ts'
import { type ApprovalRow, concluded, unsettledRows } from './store.ts'

/** The same attempt is never carried out twice, whoever tries. */
export const keyOf = ({ id, attempt }: Pick<ApprovalRow, 'id' | 'attempt'>) => `approval-${id}-${attempt}`

/** Writes down what became of a change that was approved. */
export async function conclude(
  room: ApprovalRoom,
  row: ApprovalRow,
  outcome: Pick<Outcome, 'kind'> & { problem?: Problem },
) {
  const state = outcome.problem ? stateAfter(outcome.problem) : 'applied'
  if (state === row.state) return
  const why = outcome.problem ? wordsOf(outcome.problem) : null
  if (state === 'waiting') await waitsAgain(room, row, why)
  else await concluded(room.deps, row, state, { why })
}

/** What a failed change makes of its approval. It waits again when nothing was sent and the same may be tried once more. */
function stateAfter(problem: Problem): ApprovalState {
  const fate = fateOf(problem)
  if (fate === 'unknown') return 'unknown'
  if (fate === 'conflict' || fate === 'gone' || problem.code === 'forbidden') return 'lapsed'
  // Told for want of a trace: it may turn up yet, so nobody sends it again.
  return fate === 'refused' || problem.code === 'not-applied' ? 'failed' : 'waiting'
}

function wordsOf({ code, title, detail, upstream }: Problem): string {
  if (code === 'conflict') return 'The tunnel has changed since it was asked for.'
  const said = upstream?.map(({ message }) => message).join('; ')
  return [title, said || detail].filter(Boolean).join('. ')
}

async function waitsAgain({ deps }: ApprovalRoom, row: ApprovalRow, why: string | null): Promise<void> {
  const nobody = { decidedBy: null, word: null, decidedAt: null }
  await concluded(deps, row, 'waiting', { ...nobody, why, attempt: row.attempt + 1 })
}

/**
 * Settles what a process that died has left, by the recorded end of its change, and what was not known. One whose change
 * never arrived waits again: its key is closed by the asking, so that it cannot arrive any more. Never throws.
 */
export async function settleLeft(room: ApprovalRoom): Promise<void> {
  const rows = await unsettledRows(room.deps).catch(() => [])
  for (const row of rows.filter(({ id }) => !room.underWay.has(id))) await settleOne(room, row).catch(() => undefined)
}

async function settleOne(room: ApprovalRoom, row: ApprovalRow): Promise<void> {
  const told = await room.owner.outcome(row.userId, keyOf(row))
  if ('problem' in told || told.ok.outcome === 'running') return
  const { outcome, problem } = told.ok
  if (outcome === 'applied') await conclude(room, row, { kind: 'applied' })
  else if (problem) await conclude(room, row, { kind: 'problem', problem })
  else if (row.state === 'applying') await waitsAgain(room, row, 'The console stopped before it was sent.')
}
