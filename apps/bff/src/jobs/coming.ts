import { type ComingChange, comingChanges } from '@tunnel-console/shared/ahead'
import { draftOf } from '@tunnel-console/shared/draft'
import type { JobAnswer } from '@tunnel-console/shared/jobs'
import { and, eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import { jobRow } from '../storage/schema.ts'
import { notBegun } from './ahead.ts'
import type { RowChange } from './store.ts'

/**
 * Lays what the rows of a job that has not begun would change beside the tunnels as they were last read. Asks Cloudflare no
 * more than any reader of the list does; where nothing was ever read, or a tunnel is not there, its row says nothing of it.
 */
export function createComing({ db, tunnels }: Pick<Deps, 'db'> & { tunnels: TunnelReadings }) {
  return async (answer: JobAnswer): Promise<JobAnswer> => {
    if (!notBegun.includes(answer.job.state)) return answer
    const reading = await tunnels.list.readSoon()
    if (!reading) return answer
    const waiting = await db
      .select({ position: jobRow.position, change: jobRow.change })
      .from(jobRow)
      .where(and(eq(jobRow.jobId, answer.job.id), eq(jobRow.state, 'waiting')))
    const known = new Map(reading.value.tunnels.map((tunnel) => [tunnel.id, tunnel]))
    const coming = new Map<number, ComingChange[]>()
    for (const { position, change: stored } of waiting) {
      const change = JSON.parse(stored) as RowChange
      const tunnel = change.kind === 'update' ? known.get(change.tunnelId) : undefined
      if (change.kind === 'update' && tunnel) coming.set(position, comingChanges(draftOf(tunnel), change.patch))
    }
    const rows = answer.rows.map((row) => ({ ...row, coming: coming.get(row.position) }))
    return { ...answer, rows }
  }
}
