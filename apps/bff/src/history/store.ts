import { notMeasured, type Period } from '@tunnel-console/shared/status-periods'
import type { Step } from '@tunnel-console/shared/status-steps'
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Deps } from '../deps.ts'
import { statusBackfill, statusPeriod, statusSeen } from '../storage/schema.ts'

export type StoredPeriod = Period & { tunnelId: string; isExact: boolean }

/** How many tunnels are looked through for those that can be read together. */
const mostTogether = 100

const earlier = alias(statusPeriod, 'earlier')

/** Nobody looked, and analytics have not been asked yet. */
const isGap = and(eq(statusPeriod.state, 'unknown'), eq(statusPeriod.reason, notMeasured))

const idsOf = (tunnelIds: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(tunnelIds)}))`

export type HistoryStore = ReturnType<typeof createHistoryStore>

/**
 * The rows of the history. Many are written by one statement, as JSON: ten thousand tunnels that turn at once cost two of
 * them, and D1 takes no more than a hundred parameters. None is a `db.run`: drizzle cannot batch those with parameters on D1.
 */
export function createHistoryStore({ db }: Pick<Deps, 'db'>) {
  const columns = {
    tunnelId: statusPeriod.tunnelId,
    state: statusPeriod.state,
    reason: statusPeriod.reason,
    from: statusPeriod.startedAt,
    to: statusPeriod.endedAt,
    isExact: statusPeriod.isExact,
  }
  const reachingInto = (from: number) => or(isNull(statusPeriod.endedAt), gt(statusPeriod.endedAt, from))

  function insertion(rows: readonly (StoredPeriod | { tunnelId: string; period: Omit<StoredPeriod, 'tunnelId'> })[]) {
    const json = JSON.stringify(
      rows.map((row) => {
        const { state, reason, from, to, isExact } = 'period' in row ? row.period : row
        return [row.tunnelId, state, reason, from, to, isExact ? 1 : 0]
      }),
    )
    const part = (index: number) => sql.raw(`json_extract(value, '$[${index}]')`)
    const values = sql`${part(0)}, ${part(1)}, ${part(2)}, ${part(3)}, ${part(4)}, ${part(5)}`
    return db.insert(statusPeriod).select(sql`SELECT NULL, ${values} FROM json_each(${json})`)
  }

  function ending(ends: Step['ends']) {
    const json = JSON.stringify(ends.map(({ id, at }) => [id, at]))
    return db
      .update(statusPeriod)
      .set({ endedAt: sql`ended.at` })
      .from(
        sql`(SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS at FROM json_each(${json})) AS ended`,
      )
      .where(and(eq(statusPeriod.tunnelId, sql`ended.id`), isNull(statusPeriod.endedAt)))
  }

  /** Of neighbours of one state that meet at a moment, one period is made. A gap stays one until analytics were asked about it. */
  function joining(ids: SQL, until: number) {
    const joined = db
      .update(statusPeriod)
      .set({ startedAt: sql`earlier.started_at`, isExact: sql`earlier.is_exact` })
      .from(earlier)
      .where(sql`status_period.tunnel_id IN ${ids} AND status_period.started_at = ${until}
        AND earlier.tunnel_id = status_period.tunnel_id AND earlier.ended_at = ${until}
        AND earlier.started_at < ${until} AND earlier.state = status_period.state
        AND ${notMeasured} NOT IN (earlier.reason, status_period.reason)`)
    const swallowed = db.delete(statusPeriod).where(sql`tunnel_id IN ${ids} AND ended_at = ${until} AND EXISTS (
      SELECT 1 FROM status_period AS later WHERE later.tunnel_id = status_period.tunnel_id
        AND later.started_at = status_period.started_at AND later.state = status_period.state
        AND (later.ended_at IS NULL OR later.ended_at > ${until}))`)
    return [joined, swallowed]
  }

  const seen = (at: number) =>
    db.insert(statusSeen).values({ id: 1, at }).onConflictDoUpdate({ target: statusSeen.id, set: { at } })

  return {
    /** When somebody looked last; `null`: never. */
    async seenAt(): Promise<number | null> {
      const [row] = await db.select({ at: statusSeen.at }).from(statusSeen)
      return row?.at ?? null
    },

    /** Periods that reach beyond a moment, the oldest first: every tunnel's, or those of some. */
    since: (from: number, tunnelIds?: readonly string[]): Promise<StoredPeriod[]> => {
      const ids = sql`${statusPeriod.tunnelId} IN (SELECT value FROM json_each(${JSON.stringify(tunnelIds ?? [])}))`
      const which = and(reachingInto(from), tunnelIds ? ids : undefined)
      return db.select(columns).from(statusPeriod).where(which).orderBy(asc(statusPeriod.startedAt))
    },

    /** One tunnel's periods within a time, the oldest first. */
    of: (tunnelId: string, from: number, to: number): Promise<StoredPeriod[]> =>
      db
        .select(columns)
        .from(statusPeriod)
        .where(and(eq(statusPeriod.tunnelId, tunnelId), lt(statusPeriod.startedAt, to), reachingInto(from)))
        .orderBy(asc(statusPeriod.startedAt)),

    /** What a reading changes, in one commit with when it was made. */
    async commit({ ends, begins }: Pick<Step, 'ends' | 'begins'>, at: number): Promise<void> {
      const rows = begins.map(({ id: tunnelId, period }) => ({ tunnelId, period }))
      await db.batch([
        seen(at),
        ...(ends.length > 0 ? [ending(ends)] : []),
        ...(rows.length > 0 ? [insertion(rows)] : []),
      ])
    },

    /** Notes the tunnels whose time before the console's own measuring has not been asked for yet. */
    async enlist(): Promise<void> {
      await db.run(sql`INSERT INTO status_backfill (tunnel_id, before, done)
        SELECT tunnel_id, (SELECT min(started_at) FROM status_period AS own WHERE own.tunnel_id = open.tunnel_id), 0
        FROM status_period AS open
        WHERE ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM status_backfill AS known WHERE known.tunnel_id = open.tunnel_id)`)
    },

    /** Tunnels of which the same stretch of so many is to be read next: those of which least has been. `null`: none. */
    async unfilled(spanCount: number): Promise<{ before: number; done: number; tunnelIds: string[] } | null> {
      const rows = await db
        .select()
        .from(statusBackfill)
        .where(lt(statusBackfill.done, spanCount))
        .orderBy(asc(statusBackfill.done), desc(statusBackfill.before), asc(statusBackfill.tunnelId))
        .limit(mostTogether)
      const [first] = rows
      if (!first) return null
      const { before, done } = first
      const alike = rows.filter((row) => row.before === before && row.done === done)
      return { before, done, tunnelIds: alike.map(({ tunnelId }) => tunnelId) }
    },

    /**
     * Tunnels that have the very same gap, of those that ended last; `null` where there is none. Looks through all rows of the
     * time that can be filled, by when they ended.
     */
    async gap(): Promise<{ from: number; to: number; tunnelIds: string[] } | null> {
      const rows = await db
        .select({ tunnelId: statusPeriod.tunnelId, from: statusPeriod.startedAt, to: statusPeriod.endedAt })
        .from(statusPeriod)
        .where(and(isNotNull(statusPeriod.endedAt), isGap))
        .orderBy(desc(statusPeriod.endedAt), desc(statusPeriod.startedAt))
        .limit(mostTogether)
      const [first] = rows
      if (first?.to == null) return null
      const { from, to } = first
      const alike = rows.filter((row) => row.from === from && row.to === to)
      return { from, to, tunnelIds: alike.map(({ tunnelId }) => tunnelId) }
    },

    /**
     * What is known by now of the end of a gap, from `from` on: its rows take the place of that part, and become one with
     * what goes on before or after them in the same state. One commit.
     */
    async filledGap(
      rows: readonly StoredPeriod[],
      tunnelIds: readonly string[],
      gap: { from: number; to: number },
      from: number,
    ): Promise<void> {
      const ids = idsOf(tunnelIds)
      const isIt = and(
        sql`${statusPeriod.tunnelId} IN ${ids}`,
        eq(statusPeriod.startedAt, gap.from),
        eq(statusPeriod.endedAt, gap.to),
        isGap,
      )
      const left =
        from > gap.from
          ? db.update(statusPeriod).set({ endedAt: from }).where(isIt)
          : db.delete(statusPeriod).where(isIt)
      const before = from > gap.from ? [] : joining(ids, from)
      await db.batch([left, insertion(rows), ...joining(ids, gap.to), ...before])
    },

    /**
     * What analytics tell of the time up to `until`, in one commit with how far they have been read. A period that begins right
     * there in the same state becomes one with it.
     */
    async filled(
      rows: readonly StoredPeriod[],
      tunnelIds: readonly string[],
      done: number,
      until: number,
    ): Promise<void> {
      const ids = idsOf(tunnelIds)
      const mark = db.update(statusBackfill).set({ done }).where(sql`${statusBackfill.tunnelId} IN ${ids}`)
      if (rows.length === 0) return void (await db.batch([mark]))
      await db.batch([mark, insertion(rows), ...joining(ids, until)])
    },

    /** Forgets periods that ended before a moment. */
    async forget(before: number): Promise<void> {
      await db.delete(statusPeriod).where(lt(statusPeriod.endedAt, before))
    },
  }
}
