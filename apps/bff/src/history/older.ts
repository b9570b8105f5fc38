import type { OlderHistory } from '@tunnel-console/shared/status-answers'
import { believedMs } from '@tunnel-console/shared/status-steps'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { and, asc, eq, lt, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { statusBackfill, statusPeriod } from '../storage/schema.ts'
import { spanAt, spanCount } from './backfill-spans.ts'

interface OlderServices {
  /** The tunnels as last read. */
  listed: () => readonly Tunnel[]
  /** Cloudflare refuses the token that analytics are read with. */
  isRefused: () => boolean
  deps: Pick<Deps, 'db' | 'now' | 'monotonic'>
}

/** For how long the answer for all tunnels is shared by those who ask. */
const sharedMs = 10_000

export type Older = ReturnType<typeof createOlder>

/** How far back the time before the console's own measuring has not been read from analytics yet. */
export function createOlder({ listed, isRefused, deps: { db, now, monotonic } }: OlderServices) {
  let shared: { edge: Promise<number | null>; at: number } | null = null

  /** Where the reading of the past has come to (ms); `null` where all of it has been read. */
  const edgeOf = ({ before, done }: { before: number; done: number }) =>
    spanAt(done, before, now().getTime())?.to ?? null

  function told(edge: number | null, from: number): OlderHistory | null {
    return edge === null || edge <= from ? null : { before: new Date(edge).toISOString(), isRefused: isRefused() }
  }

  /** What is known least far back of all tunnels, those aside that were made while the console watched. */
  async function newestEdge(): Promise<number | null> {
    const wasMade = sql`EXISTS (SELECT 1 FROM status_period AS own WHERE own.tunnel_id = ${statusBackfill.tunnelId}
      AND own.started_at = ${statusBackfill.before} AND own.is_exact)`
    const behind = await db
      .select({ before: statusBackfill.before, done: statusBackfill.done })
      .from(statusBackfill)
      .where(and(lt(statusBackfill.done, spanCount), sql`NOT ${wasMade}`))
      .groupBy(statusBackfill.before, statusBackfill.done)
    const edges = behind.map(edgeOf).filter((edge) => edge !== null)
    if (edges.length > 0) return Math.max(...edges)
    const [any] = await db.select({ before: statusBackfill.before }).from(statusBackfill).limit(1)
    return any ? null : await firstPeriod()
  }

  /** Where the own measuring of a tunnel, or of the first one, begins. */
  async function firstPeriod(tunnelId?: string): Promise<number | null> {
    const [first] = await db
      .select({ at: statusPeriod.startedAt })
      .from(statusPeriod)
      .where(tunnelId === undefined ? undefined : eq(statusPeriod.tunnelId, tunnelId))
      .orderBy(asc(statusPeriod.startedAt))
      .limit(1)
    return first?.at ?? null
  }

  return {
    /**
     * Before when the history of a tunnel is still to be read, as seen from a time that begins at `from` (ms); `null` where
     * nothing of that time is missing, or where there is nothing to read: it was made later, is gone, or is not probed.
     */
    async of(tunnelId: string, from: number): Promise<OlderHistory | null> {
      const tunnel = listed().find(({ id }) => id === tunnelId)
      if (!tunnel?.health_check.enabled) return null
      const [row] = await db.select().from(statusBackfill).where(eq(statusBackfill.tunnelId, tunnelId))
      const before = row?.before ?? (await firstPeriod(tunnelId))
      const edge = before === null ? null : edgeOf({ before, done: row?.done ?? 0 })
      const isMadeLater = edge !== null && Date.parse(tunnel.created_on ?? '') >= edge - believedMs
      return isMadeLater ? null : told(edge, from)
    },

    /** The same for all tunnels together: before when that of some is still to be read. */
    async ofAny(from: number): Promise<OlderHistory | null> {
      if (!shared || monotonic() - shared.at >= sharedMs) shared = { edge: newestEdge(), at: monotonic() }
      const { edge } = shared
      edge.catch(() => {
        shared = null
      })
      return told(await edge, from)
    },
  }
}
