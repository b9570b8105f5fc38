import type { JobState } from '@tunnel-console/shared/jobs'
import { and, eq, exists, inArray, type SQL } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { job, jobRow } from '../storage/schema.ts'

/** States of a job whose changes are all still to come. */
export const notBegun: JobState[] = ['scheduled', 'missed', 'waiting']

/** Condition: a job that names this tunnel and has not begun, so that its change is still to come. */
export function isAheadOf(db: Deps['db'], tunnelId: string): SQL | undefined {
  const rows = db
    .select({ id: jobRow.jobId })
    .from(jobRow)
    .where(and(eq(jobRow.jobId, job.id), eq(jobRow.tunnelId, tunnelId)))
  return and(inArray(job.state, notBegun), exists(rows))
}
