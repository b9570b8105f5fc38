import { can } from '@tunnel-console/shared/access'
import { type ApprovalEntry, approvedReason } from '@tunnel-console/shared/approvals'
import { type AuditAction, consoleActor } from '@tunnel-console/shared/audit'
import type { TunnelPatch } from '@tunnel-console/shared/patch'
import { ProblemError } from '@tunnel-console/shared/problem'
import { findPerson } from '../people/directory.ts'
import { fieldOf } from './ask.ts'
import type { ApprovalRoom, By } from './room.ts'
import { conclude, keyOf } from './settle.ts'
import { type ApprovalRow, entryOf, findRow, type Person, turned } from './store.ts'

/**
 * Carries a change out that somebody else asked for, as theirs. Of two who approve it at once one does; the commit that
 * says so comes first, so that a process that dies leaves what the next one can settle.
 *
 * Throws `decided` when it does not wait any more, and what became of a change that was not applied.
 */
export async function approve(room: ApprovalRoom, by: By, id: string, word: string | null): Promise<ApprovalEntry> {
  const row = await waiting(room, id)
  const author = await requesterOf(room, row)
  if (room.underWay.has(id)) throw decided({ ...row, state: 'applying' })
  const ended = { decidedBy: JSON.stringify(by.actor), word, decidedAt: room.deps.now().getTime(), why: null }
  room.underWay.add(id)
  try {
    await turn(room, by, row, 'approval.approve', 'applying', ended)
    const outcome = await room.owner.run({
      change: { kind: 'update', tunnelId: row.tunnelId, version: row.version, patch: patchIn(row) },
      author,
      requestId: by.requestId,
      key: keyOf(row),
      reason: approvedReason(row.reason, by.actor.email, word),
      isApproved: true,
    })
    // Whatever could not be written down now is settled by the next look at the list.
    await conclude(room, row, outcome).catch(() => undefined)
    if (outcome.kind === 'problem') throw new ProblemError(outcome.problem)
  } finally {
    room.underWay.delete(id)
  }
  return entryNow(room, id)
}

/** Throws `decided` when it does not wait any more. */
export async function decline(room: ApprovalRoom, by: By, id: string, word: string): Promise<ApprovalEntry> {
  const row = await waiting(room, id)
  const ended = { decidedBy: JSON.stringify(by.actor), word, decidedAt: room.deps.now().getTime(), why: null }
  await turn(room, by, row, 'approval.decline', 'declined', ended)
  return entryNow(room, id)
}

/** Whoever asked takes it back. Throws `decided` when it does not wait any more. */
export async function withdraw(room: ApprovalRoom, by: By, id: string): Promise<ApprovalEntry> {
  const row = await waiting(room, id)
  await turn(room, by, row, 'approval.withdraw', 'withdrawn', { decidedAt: room.deps.now().getTime(), why: null })
  return entryNow(room, id)
}

/** It belongs to one version: once the tunnel is another, nobody can approve it any more. */
export async function lapse(room: ApprovalRoom, row: ApprovalRow, why: string): Promise<void> {
  const by = { actor: consoleActor, requestId: 'approval' }
  const ended = { decidedAt: room.deps.now().getTime(), why }
  await turn(room, by, row, 'approval.lapse', 'lapsed', ended).catch((error: unknown) => {
    if (!(error instanceof ProblemError && error.problem.code === 'decided')) throw error
  })
}

export const changedSince = 'The tunnel has changed since it was asked for.'

/** Who asked for it, and for which tunnel. Throws `not-found`. */
export async function aboutApproval(
  { deps }: ApprovalRoom,
  id: string,
): Promise<Pick<ApprovalRow, 'userId' | 'tunnelId'>> {
  return found(deps, id)
}

async function found(deps: ApprovalRoom['deps'], id: string): Promise<ApprovalRow> {
  const row = await findRow(deps, id)
  if (!row) throw ProblemError.of('not-found', { detail: 'There is no such approval' })
  return row
}

async function entryNow({ deps }: ApprovalRoom, id: string): Promise<ApprovalEntry> {
  return entryOf(await found(deps, id))
}

async function waiting(room: ApprovalRoom, id: string): Promise<ApprovalRow> {
  const row = await found(room.deps, id)
  if (row.state !== 'waiting') throw decided(row)
  if (await room.owner.isStill(row.tunnelId, row.version)) return row
  await lapse(room, row, changedSince)
  throw decided(await found(room.deps, id))
}

/** Whoever asked, with the role that they have now: what they may not do any more nobody does for them. */
async function requesterOf(room: ApprovalRoom, row: ApprovalRow): Promise<Person> {
  const person = await findPerson(room.deps, row.userId)
  if (person && !person.disabled && can(person.role, 'tunnel.update')) {
    return { id: person.id, email: person.email, role: person.role }
  }
  await lapse(room, row, 'Whoever asked for it may not change tunnels any more.')
  throw decided(await found(room.deps, row.id))
}

type Turn = Parameters<typeof turned>

/** One commit: the new state and the audit entry of who brought it about. */
async function turn(
  { deps, owner }: ApprovalRoom,
  by: By,
  row: ApprovalRow,
  action: AuditAction,
  state: Turn[2],
  ended: Turn[3],
): Promise<void> {
  const target = { id: row.tunnelId, name: row.name }
  const changes = entryOf(row).effects.map(fieldOf)
  const reason = ended.word ?? ended.why ?? undefined
  try {
    const entry = { ...by, action, target, changes, reason, outcome: 'applied' as const }
    await owner.audit.record(entry, [turned(deps, row, state, ended)])
  } catch (error) {
    const now = await found(deps, row.id)
    if (now.state === 'waiting' && now.attempt === row.attempt) throw error
    throw decided(now)
  }
}

const words: Record<ApprovalRow['state'], string> = {
  waiting: 'It waits again.',
  applying: 'It was approved and is being carried out.',
  applied: 'It was approved and applied.',
  failed: 'It was approved, and not applied.',
  unknown: 'It was approved, and nobody knows yet what became of it.',
  declined: 'It was declined.',
  withdrawn: 'It was withdrawn.',
  lapsed: 'It has lapsed.',
}

function decided(row: ApprovalRow): ProblemError {
  return ProblemError.of('decided', { detail: [words[row.state], row.why].filter(Boolean).join(' ') })
}

const patchIn = ({ patch }: ApprovalRow) => JSON.parse(patch) as TunnelPatch
