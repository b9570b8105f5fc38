import type { JobInput } from '@tunnel-console/shared/jobs'
import { useState } from 'react'
import { momentOf } from '../../../ui/moment-field.tsx'
import { type ApplyForm, changesOf, optionsOf, startForm } from './apply-options.ts'
import type { BulkEditing } from './use-bulk-edit.ts'
import { useStartJob } from './use-start-job.ts'
import { useTogether } from './use-together.ts'

/** The last step: how it is to happen, and what the press came to. It outlasts a look back at the dry run. */
export function useApplying(editing: BulkEditing, onStarted: (jobId: string) => void) {
  const [form, setForm] = useState(startForm)
  const job = useStartJob(onStarted)
  const together = useTogether()
  const changes = changesOf(editing)
  const { reason } = editing.draft
  const startJob = () => void job.start(jobOf(form, changes, reason))
  const sendTogether = () => void together.send(changes, reason)
  return {
    form,
    setForm,
    count: changes.length,
    isBusy: job.isBusy || together.isBusy,
    /** Whose answer was lost, if one was. */
    lost: job.isLost ? ('job' as const) : together.isLost ? ('together' as const) : null,
    problem: form.way === 'job' ? job.problem : together.problem,
    results: together.results,
    apply: form.way === 'job' ? startJob : sendTogether,
    /** The same once more, after a lost answer. */
    again: job.isLost ? startJob : sendTogether,
  }
}

export type Applying = ReturnType<typeof useApplying>

function jobOf(form: ApplyForm, tunnels: ReturnType<typeof changesOf>, typed: string): JobInput {
  const at = form.startsAt === null ? null : momentOf(form.startsAt)
  const reason = typed.trim()
  return {
    tunnels,
    ...optionsOf(form),
    ...(reason !== '' && { reason }),
    ...(at !== null && { startsAt: at.toISOString() }),
  }
}
