import { useQueryClient } from '@tanstack/react-query'
import { type JobAnswer, type JobInput, mostTunnels, type PlannedChange } from '@tunnel-console/shared/jobs'
import { useState } from 'react'
import { createJob, noteJob } from '../../../data/jobs.ts'
import { momentOf } from '../../../ui/moment-field.tsx'
import { type ApplyForm, optionsOf, startForm } from '../bulk/apply-options.ts'
import { useRepeatable } from '../bulk/use-repeatable.ts'

/** The last step: how the rows are carried out, and what the press came to. More than one job takes becomes several. */
export function useApplyTravel(changes: readonly PlannedChange[], onStarted: (jobs: readonly JobAnswer[]) => void) {
  const client = useQueryClient()
  const [form, setForm] = useState<ApplyForm>(startForm)
  const [reason, setReason] = useState('')
  const jobs = useRepeatable(createJobs, (answers) => {
    for (const answer of answers) noteJob(client, answer)
    onStarted(answers)
  })
  return {
    form,
    setForm,
    reason,
    setReason,
    count: changes.length,
    isBusy: jobs.isBusy,
    isLost: jobs.isLost,
    problem: jobs.problem,
    again: () => void jobs.again(),
    apply: () => void jobs.start(jobsOf(changes, form, reason)),
  }
}

export type ApplyingTravel = ReturnType<typeof useApplyTravel>

/** One after the other, each under a key of its own: asked once more, each is made once all the same. */
async function createJobs(inputs: readonly JobInput[], key: string): Promise<JobAnswer[]> {
  const answers: JobAnswer[] = []
  for (const [index, input] of inputs.entries()) answers.push(await createJob(input, `${key}-${index}`))
  return answers
}

/** A request may have 1 MiB; what stands around the rows is small. */
const mostLetters = 300_000

/** One job, or as many as it takes: so many rows each, and no more than a request may hold. */
function jobsOf(changes: readonly PlannedChange[], form: ApplyForm, typed: string): JobInput[] {
  const at = form.startsAt === null ? null : momentOf(form.startsAt)
  const reason = typed.trim()
  const around = {
    kind: 'plan' as const,
    ...optionsOf(form),
    ...(reason !== '' && { reason }),
    ...(at !== null && { startsAt: at.toISOString() }),
  }
  return chunksOf(changes).map((tunnels) => ({ ...around, tunnels }))
}

export function chunksOf(changes: readonly PlannedChange[]): PlannedChange[][] {
  const chunks: PlannedChange[][] = []
  let letters = 0
  for (const change of changes) {
    const size = JSON.stringify(change).length
    const last = chunks.at(-1)
    if (last && last.length < mostTunnels.job && letters + size <= mostLetters) {
      last.push(change)
      letters += size
    } else {
      chunks.push([change])
      letters = size
    }
  }
  return chunks
}
