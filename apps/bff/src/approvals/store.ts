import type { Role } from '@tunnel-console/shared/access'
import { type ApprovalEntry, type ApprovalState, approvalDays } from '@tunnel-console/shared/approvals'
import { and, desc, eq, gte, inArray, lt, not, or, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { approval } from '../storage/schema.ts'

export type ApprovalRow = typeof approval.$inferSelect
export type Person = { id: string; email: string; role: Role | null }

type Store = Pick<Deps, 'db' | 'now'>
type Ended = Partial<Pick<ApprovalRow, 'decidedBy' | 'word' | 'decidedAt' | 'why' | 'attempt'>>

const dayMs = 24 * 3600_000
/** The list shows a week. The audit log keeps all of it. */
const keepMs = 30 * dayMs
const mostListed = 200

/** An approval as it may leave the console. */
export function entryOf(row: ApprovalRow): ApprovalEntry {
  const { id, state, tunnelId, name, version, reason, word, why } = row
  const json = { patch: JSON.parse(row.patch), effects: JSON.parse(row.effects) } as Pick<
    ApprovalEntry,
    'patch' | 'effects'
  >
  return {
    ...{ id, state, tunnelId, name, version, ...json, reason, word, why },
    by: personIn(row.by),
    askedAt: timeOf(row.askedAt),
    decidedBy: row.decidedBy === null ? null : personIn(row.decidedBy),
    decidedAt: row.decidedAt === null ? null : timeOf(row.decidedAt),
  }
}

const timeOf = (ms: number) => new Date(ms).toISOString()

function personIn(json: string): { id: string; email: string } {
  const { id, email } = JSON.parse(json) as Person
  return { id, email }
}

/** Those that wait or are under way, and those that ended within a week. Newest first. */
export async function listRows({ db, now }: Store): Promise<ApprovalRow[]> {
  const newest = [desc(approval.askedAt), desc(approval.id)]
  const isOpen = inArray(approval.state, ['waiting', 'applying'])
  const decided = gte(approval.decidedAt, now().getTime() - approvalDays * dayMs)
  const open = db
    .select()
    .from(approval)
    .where(isOpen)
    .orderBy(...newest)
  const ended = db
    .select()
    .from(approval)
    .where(and(decided, not(isOpen)))
    .orderBy(...newest)
    .limit(mostListed)
  // Only what was decided is cut off: what waits for somebody must be found.
  return (await Promise.all([open, ended])).flat()
}

export async function findRow({ db }: Store, id: string): Promise<ApprovalRow | undefined> {
  const [row] = await db.select().from(approval).where(eq(approval.id, id))
  return row
}

/** What a person waits for on a tunnel: one at most. */
export async function openRow({ db }: Store, userId: string, tunnelId: string): Promise<ApprovalRow | undefined> {
  const isOpen = inArray(approval.state, ['waiting', 'applying'])
  const [row] = await db
    .select()
    .from(approval)
    .where(and(eq(approval.userId, userId), eq(approval.tunnelId, tunnelId), isOpen))
  return row
}

/**
 * What may have been left behind by a process that died, is not known yet, or was told for want of a trace. Changes are
 * kept for a day.
 */
export async function unsettledRows({ db, now }: Store): Promise<ApprovalRow[]> {
  const isRecent = gte(approval.decidedAt, now().getTime() - dayMs)
  const isOpen = or(eq(approval.state, 'applying'), and(inArray(approval.state, ['unknown', 'failed']), isRecent))
  return db.select().from(approval).where(isOpen)
}

/**
 * The statements of a new wish. What the same person wanted of the tunnel before lapses by it, unless it is the very same:
 * then no row is added and the commit fails. What is long over goes.
 */
export function insertion({ db, now }: Store, row: ApprovalRow) {
  const at = now().getTime()
  const isOther = or(sql`${approval.version} <> ${row.version}`, sql`${approval.patch} <> ${row.patch}`)
  const former = and(
    eq(approval.userId, row.userId),
    eq(approval.tunnelId, row.tunnelId),
    eq(approval.state, 'waiting'),
  )
  return [
    db
      .update(approval)
      .set({ state: 'lapsed', decidedAt: at, why: 'Asked anew with another change.' })
      .where(and(former, isOther)),
    db.insert(approval).values(row),
    db.delete(approval).where(lt(approval.decidedAt, at - keepMs)),
  ]
}

/** Moves one that waits on. Of one that does not wait any more it fails the whole commit, since no row takes `NULL`. */
export function turned({ db }: Store, { id, attempt }: ApprovalRow, state: ApprovalState, ended: Ended) {
  const isWaiting = sql`${approval.state} = 'waiting' AND ${approval.attempt} = ${attempt}`
  return db
    .update(approval)
    .set({ ...ended, state: sql`CASE WHEN ${isWaiting} THEN ${state} END` })
    .where(eq(approval.id, id))
}

/** Says what became of one that was carried out: only of this attempt, whoever else may have said it. */
export async function concluded({ db }: Store, row: ApprovalRow, state: ApprovalState, ended: Ended): Promise<void> {
  const isThis = and(eq(approval.id, row.id), eq(approval.attempt, row.attempt))
  await db
    .update(approval)
    .set({ ...ended, state })
    .where(and(isThis, inArray(approval.state, ['applying', 'unknown', 'failed'])))
}
