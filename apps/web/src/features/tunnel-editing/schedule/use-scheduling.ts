import { useQueryClient } from '@tanstack/react-query'
import type { JobInput } from '@tunnel-console/shared/jobs'
import { useState } from 'react'
import { createJob, noteJob } from '../../../data/jobs.ts'
import { useCan } from '../../../data/session.ts'
import { localTime } from '../../../lib/exact-times.ts'
import { serverNow } from '../../../lib/server-clock.ts'
import { momentOf, momentProblem } from '../../../ui/moment-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { useRepeatable } from '../bulk/use-repeatable.ts'
import { useIsHere } from '../use-is-here.ts'

interface SchedulingOptions {
  /** What is to happen, on the version that was reviewed. */
  input: JobInput
  /** Why it cannot wait, if so. */
  cannotWait?: string | undefined
  /** It waits for its time in this job, and the person is still here. */
  onScheduled: (jobId: string) => void
}

/**
 * A change of one tunnel that waits for its time: a job of one row. Who may not make jobs has no choice but now. A press whose
 * answer was lost is repeated as it was, and makes one job.
 */
export function useScheduling({ input, cannotWait, onScheduled }: SchedulingOptions) {
  const client = useQueryClient()
  const isHere = useIsHere()
  const mayChoose = useCan('tunnel.bulkUpdate')
  const [startsAt, setStartsAt] = useState<string | null>(null)
  const isLater = mayChoose && startsAt !== null && cannotWait === undefined
  const { start, again, ...job } = useRepeatable(createJob, (answer) => {
    noteJob(client, answer)
    const { startsAt: due, id } = answer.job
    toast(`Scheduled for ${localTime(new Date(due ?? answer.job.createdAt))}. Nothing has been changed yet.`)
    if (isHere.current) onScheduled(id)
  })
  return {
    ...job,
    mayChoose,
    startsAt,
    setStartsAt,
    cannotWait,
    isLater,
    /** Why nothing can be sent as it stands, whether now or later. */
    closed: job.isLost
      ? 'It is not known whether this is scheduled'
      : isLater && momentProblem(startsAt, serverNow()) !== null
        ? 'The start is not right'
        : undefined,
    again: () => void again(),
    schedule: () => {
      const at = isLater ? momentOf(startsAt) : null
      if (at) void start({ ...input, startsAt: at.toISOString() })
    },
  }
}

export type Scheduling = ReturnType<typeof useScheduling>

export const lostTitle = 'The answer was lost. It is not known whether this is scheduled.'

/** For whoever leaves the page before there is an answer. */
export const schedulingWords = {
  title: 'Leave before it is known?',
  description: 'What was sent goes on without this page. Jobs shows whether it is scheduled.',
  isLost: false,
}
