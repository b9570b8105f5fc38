import type { TunnelState } from '@tunnel-console/shared/status'
import { notMeasured } from '@tunnel-console/shared/status-periods'
import { and, asc, desc, eq, gt, gte, isNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Deps } from '../deps.ts'
import { plannedTunnel, plannedWork, statusPeriod, tunnelVersion } from '../storage/schema.ts'
import { askedInVain } from './gaps.ts'

const former = alias(statusPeriod, 'former')

/** Where a page ended: the moment (ms) and the number of its last row. */
export interface Place {
  at: number
  seq: number
}

export interface StateChangeRow extends Place {
  tunnelId: string
  from: TunnelState
  /** When it was in that state last (ms). Before `at` where nobody saw it change. */
  until: number | null
  to: TunnelState
  reason: string
}

const idsOf = (tunnelIds: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(tunnelIds)}))`

/** What the history of all tunnels together is read with. Times are milliseconds. */
export function createStateChangeRows({ db }: Pick<Deps, 'db'>) {
  return {
    /**
     * Tunnels that went from one state to another within a time, its last moment included, the newest first, at most so many.
     * Unknown is no state that a tunnel goes to: the one after it is held against the last one that was known. A period without
     * length counts: it is what the last look before nobody looked any more saw.
     */
    changes(from: number, to: number, before: Place | null, most: number): Promise<StateChangeRow[]> {
      const { seq, tunnelId, state, reason, startedAt } = statusPeriod
      const known = sql`(SELECT earlier.seq FROM status_period AS earlier WHERE earlier.tunnel_id = status_period.tunnel_id
        AND (earlier.started_at, earlier.seq) < (status_period.started_at, status_period.seq) AND earlier.state <> 'unknown'
        ORDER BY earlier.started_at DESC, earlier.seq DESC LIMIT 1)`
      const isBefore = before && or(lt(startedAt, before.at), and(eq(startedAt, before.at), lt(seq, before.seq)))
      return db
        .select({ seq, at: startedAt, tunnelId, from: former.state, until: former.endedAt, to: state, reason })
        .from(statusPeriod)
        .innerJoin(former, eq(former.seq, known))
        .where(
          and(
            gte(startedAt, from),
            lte(startedAt, to),
            isBefore ?? undefined,
            ne(state, 'unknown'),
            ne(former.state, state),
          ),
        )
        .orderBy(desc(startedAt), desc(seq))
        .limit(most)
    },

    /**
     * The times that reach into this one in which the console did not look at some tunnels, at so many at once, each whole, the
     * oldest first. Such a time lasts minutes at least, which bounds how many there are.
     */
    unwatched(from: number, to: number): Promise<{ from: number; to: number; tunnels: number }[]> {
      const gaps = sql`SELECT started_at, ended_at, count(*) AS tunnels FROM status_period
        WHERE state = 'unknown' AND ${reachingInto(from, to)} AND reason IN (${notMeasured}, ${askedInVain})
        GROUP BY started_at, ended_at`
      const reaching = sql`SELECT *, max(ended_at) OVER (ORDER BY started_at, ended_at
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM (${gaps})`
      const numbered = sql`SELECT *, sum(reached IS NULL OR started_at > reached) OVER (ORDER BY started_at, ended_at) AS part
        FROM (${reaching})`
      return db
        .select({
          from: sql<number>`min(started_at)`,
          to: sql<number>`max(ended_at)`,
          tunnels: sql<number>`max(tunnels)`,
        })
        .from(sql`(${numbered})`)
        .groupBy(sql`part`)
        .orderBy(sql`part`)
    },

    /** Of how many tunnels Cloudflare told nothing at some time within this one, though the console asked. */
    async withoutData(from: number, to: number): Promise<number> {
      const lasting = (which: SQL) => sql`SELECT tunnel_id FROM status_period
        WHERE state = 'unknown' AND ${which} AND reason NOT IN (${notMeasured}, ${askedInVain})`
      const open = sql`ended_at IS NULL AND +started_at < ${to}`
      const [row] = await db
        .select({ tunnels: sql<number>`count(*)` })
        .from(sql`(${lasting(reachingInto(from, to))} UNION ${lasting(open)})`)
      return row?.tunnels ?? 0
    },

    /** Since when anything is kept; `null`: nothing is. */
    async since(): Promise<number | null> {
      const [first] = await db
        .select({ at: statusPeriod.startedAt })
        .from(statusPeriod)
        .orderBy(asc(statusPeriod.startedAt))
        .limit(1)
      return first?.at ?? null
    },

    /** How many tunnels the console watches. */
    async number(): Promise<number> {
      const [open] = await db
        .select({ tunnels: sql<number>`count(*)` })
        .from(statusPeriod)
        .where(isNull(statusPeriod.endedAt))
      return open?.tunnels ?? 0
    },

    /** The last names of tunnels that are gone, as far as their versions tell. */
    async formerNames(tunnelIds: readonly string[]): Promise<Map<string, string>> {
      if (tunnelIds.length === 0) return new Map()
      const rows = await db
        .select({ tunnelId: tunnelVersion.tunnelId, name: tunnelVersion.name })
        .from(tunnelVersion)
        .where(sql`${tunnelVersion.tunnelId} IN ${idsOf(tunnelIds)}`)
        .orderBy(asc(tunnelVersion.seq))
      return new Map(rows.map(({ tunnelId, name }) => [tunnelId, name]))
    },

    /** Work on these tunnels that was announced and went on at some time within this one. */
    work(tunnelIds: readonly string[], from: number, to: number) {
      return db
        .select({
          tunnelId: plannedTunnel.tunnelId,
          text: plannedWork.text,
          from: plannedWork.createdAt,
          to: plannedWork.until,
        })
        .from(plannedWork)
        .innerJoin(plannedTunnel, eq(plannedTunnel.workId, plannedWork.id))
        .where(
          and(
            lt(plannedWork.createdAt, to),
            gt(plannedWork.until, from),
            sql`${plannedTunnel.tunnelId} IN ${idsOf(tunnelIds)}`,
          ),
        )
        .orderBy(asc(plannedWork.until))
    },
  }
}

/**
 * Periods that have ended, within a time or after it began. The plus keeps SQLite from going by the beginnings: of a time that
 * reaches to now that would be all rows there are.
 */
const reachingInto = (from: number, to: number): SQL => sql`(ended_at > ${from} AND +started_at < ${to})`
