import type { JobState } from '@tunnel-console/shared/jobs'
import type { BatchItem } from 'drizzle-orm/batch'
import type { JobStore, StoredJob } from './store.ts'

/** What a person may do to a job that there is. */
export type Steering = 'pause' | 'resume' | 'stop' | 'retry' | 'reschedule'

interface Turn {
  from: readonly JobState[]
  /** Why it cannot be done in any other state. */
  otherwise: string
  statements: (
    store: JobStore,
    job: StoredJob,
    at: { now: number; email: string; startsAt: number },
  ) => BatchItem<'sqlite'>[]
}

/** Each way to steer a job: from which states, and what is written. What is under way ends in any case. */
export const turns: Record<Steering, Turn> = {
  pause: {
    from: ['running', 'waiting'],
    otherwise: 'Only a job that runs or waits for its turn can be paused.',
    statements: (store, { id }, { email }) => [
      store.turn(id, turns.pause.from, { state: 'paused', why: `Paused by ${email}.` }),
    ],
  },
  resume: {
    from: ['paused', 'missed', 'scheduled'],
    otherwise: 'Only a job that is paused, or that has not begun at its time, can be started.',
    statements: (store, { id }) => [store.turn(id, turns.resume.from, { state: 'waiting', why: null, batch: null })],
  },
  stop: {
    from: ['scheduled', 'waiting', 'running', 'paused', 'missed'],
    otherwise: 'This job has ended already.',
    statements: (store, { id }, { now, email }) => [
      store.turn(id, turns.stop.from, { state: 'stopped', why: `Stopped by ${email}.`, endedAt: now }),
      store.skipWaiting(id),
    ],
  },
  retry: {
    from: ['done', 'stopped', 'paused'],
    otherwise: 'Only a job that has ended or is paused can try its rows once more.',
    statements: (store, { id }) => [
      store.tryAgain(id),
      store.turn(id, turns.retry.from, { state: 'waiting', why: null, endedAt: null, batch: null }),
    ],
  },
  reschedule: {
    from: ['scheduled', 'missed'],
    otherwise: 'Only a job that has not begun can be moved to another time.',
    statements: (store, { id }, { startsAt }) => [
      store.turn(id, turns.reschedule.from, { state: 'scheduled', why: null, startsAt }),
    ],
  },
}
