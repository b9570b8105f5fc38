import { useQueryClient } from '@tanstack/react-query'
import type { ManyResult } from '@tunnel-console/shared/api'
import type { ChangedTunnel, JobInput } from '@tunnel-console/shared/jobs'
import { useState } from 'react'
import { createJob, noteJob } from '../../../data/jobs.ts'
import { updateTogether } from '../../../data/many.ts'
import { momentOf } from '../../../ui/moment-field.tsx'
import { type ApplyForm, changesOf, optionsOf, type Together, whyNotTogether } from './apply-options.ts'
import { isKeptBulkDraft } from './bulk-draft.ts'
import { useKeptApplying } from './kept-applying.ts'
import type { BulkEditing } from './use-bulk-edit.ts'
import { useRepeatable } from './use-repeatable.ts'

const place = { name: 'bulk-apply', isKept: isKeptBulkDraft }

interface ApplyingEvents {
  onStarted: (jobId: string) => void
  /** All or nothing has an answer. */
  onTogether: (results: readonly ManyResult[]) => void
}

/** The last step: how it is to happen, and what the press came to. It outlasts a look back at the dry run. */
export function useApplying(editing: BulkEditing, { onStarted, onTogether }: ApplyingEvents) {
  const client = useQueryClient()
  const { keep, ...kept } = useKeptApplying(editing.draft, place)
  const chosen = kept.form
  // What was possible with a former dry run may not be with this one.
  const form: ApplyForm = whyNotTogether(editing) === null ? chosen : { ...chosen, way: 'job' }
  const [results, setResults] = useState<readonly ManyResult[] | null>(null)
  const job = useRepeatable(
    createJob,
    (answer) => {
      noteJob(client, answer)
      onStarted(answer.job.id)
    },
    { sent: kept.job, keep: (sent) => keep({ job: sent }) },
  )
  const together = useRepeatable(
    ({ tunnels, reason }: Together, key) => updateTogether(tunnels, key, reason),
    (answer) => {
      setResults(answer)
      void client.invalidateQueries()
      onTogether(answer)
    },
    { sent: kept.together, keep: (sent) => keep({ together: sent }) },
  )
  const tunnels = changesOf(editing)
  const { reason } = editing.draft
  const lost = job.isLost ? job : together.isLost ? together : null
  return {
    form,
    setForm: (next: ApplyForm) => keep({ form: next }),
    count: tunnels.length,
    isBusy: job.isBusy || together.isBusy,
    isLost: lost !== null,
    /** The same once more, after a lost answer. */
    again: () => void lost?.again(),
    problem: form.way === 'job' ? job.problem : together.problem,
    results,
    apply: () =>
      void (form.way === 'job' ? job.start(jobOf(form, tunnels, reason)) : together.start({ tunnels, reason })),
  }
}

export type Applying = ReturnType<typeof useApplying>

function jobOf(form: ApplyForm, tunnels: ChangedTunnel[], typed: string): JobInput {
  const at = form.startsAt === null ? null : momentOf(form.startsAt)
  const reason = typed.trim()
  return {
    tunnels,
    ...optionsOf(form),
    ...(reason !== '' && { reason }),
    ...(at !== null && { startsAt: at.toISOString() }),
  }
}
