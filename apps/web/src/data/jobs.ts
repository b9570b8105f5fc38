import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import type { JobAnswer, JobEntry, JobInput } from '@tunnel-console/shared/jobs'
import { request } from '../lib/api.ts'
import { keyHeader } from './idempotency-key.ts'

const pace = { moving: 2000, resting: 15_000 } as const

/** Whether a job does something by itself now, or soon: its page follows it closely. */
const isMoving = ({ state, counts }: JobEntry): boolean =>
  state === 'running' || state === 'waiting' || counts.running > 0

/** Every job that is remembered, the newest first; every 2 s while one of them moves. */
export const jobsQuery = () =>
  queryOptions({
    queryKey: ['jobs'],
    queryFn: async ({ signal }) => (await request(endpoints.jobs, { signal })).jobs,
    staleTime: 1000,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? pace.moving : pace.resting),
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  })

/** Jobs that name this tunnel and have not begun: changes that are still to come. */
export const jobsAheadQuery = (tunnelId: string) =>
  queryOptions({
    queryKey: ['jobs', 'ahead', tunnelId],
    queryFn: async ({ signal }) => (await request(endpoints.jobs, { query: { tunnel: tunnelId }, signal })).jobs,
    staleTime: 1000,
    refetchInterval: pace.resting,
    refetchIntervalInBackground: false,
  })

/** One job with its rows. A row that is unknown may turn long after the job has ended. */
export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['jobs', jobId],
    queryFn: ({ signal }) => request(endpoints.job, { params: { jobId }, signal }),
    staleTime: 1000,
    refetchInterval: ({ state }) => {
      if (state.error?.problem.code === 'not-found') return false
      return state.data && isMoving(state.data.job) ? pace.moving : pace.resting
    },
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  })

export const createJob = (body: JobInput, key: string): Promise<JobAnswer> =>
  request(endpoints.createJob, { body, headers: keyHeader(key) })

export type JobAct = { act: 'pause' | 'resume' | 'stop' | 'retry' } | { act: 'reschedule'; startsAt: string }

/** Steers a job. What the console answers is how it stands now. */
export const steerJob = (jobId: string) =>
  mutationOptions({
    mutationFn: (wish: JobAct) => steered(jobId, wish),
    onSuccess: (answer, _wish, _result, { client }) => noteJob(client, answer),
    // A refusal says that it stands otherwise than the page shows.
    onError: (_error, _wish, _result, { client }) => client.invalidateQueries({ queryKey: ['jobs'] }),
  })

function steered(jobId: string, wish: JobAct): Promise<JobAnswer> {
  const params = { jobId }
  switch (wish.act) {
    case 'pause':
      return request(endpoints.pauseJob, { params })
    case 'resume':
      return request(endpoints.resumeJob, { params })
    case 'stop':
      return request(endpoints.stopJob, { params })
    case 'retry':
      return request(endpoints.retryJob, { params })
    case 'reschedule':
      return request(endpoints.rescheduleJob, { params, body: { startsAt: wish.startsAt } })
  }
}

/** Takes an answer for the page of the job, and has the list read anew. */
export function noteJob(client: QueryClient, answer: JobAnswer): void {
  client.setQueryData(jobQuery(answer.job.id).queryKey, answer)
  void client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true })
  void client.invalidateQueries({ queryKey: ['jobs', 'ahead'] })
}
