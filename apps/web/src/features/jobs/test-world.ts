import {
  defaultJobOptions,
  type JobAnswer,
  type JobEntry,
  type JobRow,
  jobRowStates,
} from '@tunnel-console/shared/jobs'

export const jobId = 'f0b3a1de-0000-4000-8000-000000000000'

const change = { path: 'health_check.rate', label: 'Health check rate', before: 'mid', after: 'high' }

/** A job with rows in these states. */
export function jobOf(states: readonly JobRow['state'][], more: Partial<JobEntry> = {}): JobAnswer {
  const rows = states.map(
    (state, position): JobRow => ({
      position,
      change: 'update',
      tunnelId: (position + 1).toString(16).padStart(32, '0'),
      name: `branch-${position + 1}`,
      state,
      changes: [change],
      problem: state === 'refused' ? { code: 'rejected', detail: 'too fast' } : null,
      auditId: state === 'waiting' ? null : `a0b3a1de-0000-4000-8000-00000000000${position}`,
      isUndone: false,
    }),
  )
  const counted = jobRowStates.map((state) => [state, states.filter((other) => other === state).length] as const)
  const job: JobEntry = {
    id: jobId,
    kind: 'update',
    name: null,
    state: 'running',
    why: null,
    by: { id: '1', email: 'ada@example.com' },
    reason: 'CHG-1',
    options: defaultJobOptions,
    createdAt: '2026-11-28T00:00:00Z',
    startsAt: null,
    startedAt: '2026-11-28T00:00:00Z',
    endedAt: null,
    counts: { ...noCounts, ...Object.fromEntries(counted) },
    undone: 0,
    ...more,
  }
  return { job, rows }
}

const noCounts = { waiting: 0, running: 0, done: 0, refused: 0, conflict: 0, unknown: 0, skipped: 0 }
