import type { JobEntry } from '@tunnel-console/shared/jobs'
import { count, min, type SQL } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { jobRow } from '../storage/schema.ts'

/** What a job's rows come to, and the name of the tunnel where there is one row only. */
export type Counted = Pick<JobEntry, 'counts' | 'name'>

const noRows = { waiting: 0, running: 0, done: 0, refused: 0, conflict: 0, unknown: 0, skipped: 0 }
export const uncounted: Counted = { counts: noRows, name: null }

/** How many rows of each job are in which state, by the job's id. */
export async function countRows(db: Deps['db'], which: SQL): Promise<Map<string, Counted>> {
  const rows = await db
    .select({ jobId: jobRow.jobId, state: jobRow.state, rows: count(), name: min(jobRow.name) })
    .from(jobRow)
    .where(which)
    .groupBy(jobRow.jobId, jobRow.state)
  const all = new Map<string, Counted>()
  for (const { jobId, state, rows: number, name } of rows) {
    const known = all.get(jobId)
    const isOne = known === undefined && number === 1
    all.set(jobId, { counts: { ...(known?.counts ?? noRows), [state]: number }, name: isOne ? name || null : null })
  }
  return all
}
