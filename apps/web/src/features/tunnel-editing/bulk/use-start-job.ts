import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { JobEntry, JobInput } from '@tunnel-console/shared/jobs'
import { fateOf, type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useEffect, useRef, useState } from 'react'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { createJob, freshJobs, jobsQuery, noteJob } from '../../../data/jobs.ts'
import { useSession } from '../../../data/session.ts'
import { useAlone } from '../write/use-alone.ts'

/** A job that was asked for and whose answer was lost: it may be among those that were not there before. */
interface Lost {
  before: ReadonlySet<string> | null
  size: number
}

/**
 * Starts a job. When the answer is lost, the list of jobs is watched for one that was not there before. A second job of the
 * same changes could do no harm: each row rests on the version that the dry run saw, and would be in conflict.
 */
export function useStartJob(onStarted: (jobId: string) => void) {
  const client = useQueryClient()
  const key = useIdempotencyKey()
  const alone = useAlone()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [lost, setLost] = useState<Lost | null>(null)
  useFound(lost, onStarted)

  const start = (body: JobInput) =>
    alone(async () => {
      setBusy(true)
      setProblem(null)
      const before = lost ? lost.before : await idsBefore()
      try {
        const answer = await createJob(body, key.for(body))
        noteJob(client, answer)
        onStarted(answer.job.id)
      } catch (error) {
        const failure = problemOf(error)
        const isLost = fateOf(failure) === 'unknown'
        setLost(isLost ? { before, size: body.tunnels.length } : null)
        // The shell asks to sign in again; the press can be repeated then.
        if (!isLost && failure.status !== 401) setProblem(failure)
        if (!isLost) key.renew()
      }
      setBusy(false)
    })
  return { start, isBusy, problem, isLost: lost !== null }
}

/** `null` where the list could not be read: then no job can be told to be the new one. */
async function idsBefore(): Promise<ReadonlySet<string> | null> {
  try {
    return new Set((await freshJobs()).map(({ id }) => id))
  } catch {
    return null
  }
}

function useFound(lost: Lost | null, onStarted: (jobId: string) => void): void {
  const { user } = useSession()
  const jobs = useQuery({ ...jobsQuery(), enabled: lost !== null, refetchInterval: 3000 }).data
  const isOurs = ({ id, by, counts }: JobEntry) =>
    lost?.before != null && !lost.before.has(id) && by.id === user.id && sizeOf(counts) === lost.size
  const found = jobs?.find(isOurs)?.id
  const latest = useRef(onStarted)
  latest.current = onStarted
  // The list is polled, outside what the person does.
  useEffect(() => {
    if (found !== undefined) latest.current(found)
  }, [found])
}

const sizeOf = (counts: JobEntry['counts']) => Object.values(counts).reduce((sum, count) => sum + count, 0)
