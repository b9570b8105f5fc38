import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { JobInput } from '@tunnel-console/shared/jobs'
import { prefixesThrough } from '@tunnel-console/shared/static-route'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useMemo, useState } from 'react'
import { routesQuery } from '../../../data/addresses.ts'
import { createJob, noteJob } from '../../../data/jobs.ts'
import { useSitesAtStake } from '../../../data/mates.ts'
import { useSession } from '../../../data/session.ts'
import { isOldAt, statusQuery } from '../../../data/status.ts'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { siteEnding } from '../../../lib/site-ending.ts'
import { useStore } from '../../../lib/store.ts'
import { momentOf } from '../../../ui/moment-field.tsx'
import { type ApplyForm, optionsOf } from '../bulk/apply-options.ts'
import { useKeptApplying } from '../bulk/kept-applying.ts'
import type { DryResult } from '../bulk/plan.ts'
import { useRepeatable } from '../bulk/use-repeatable.ts'
import { useCheck } from '../travel/use-check.ts'
import { type DeleteDraft, isKeptDeleteDraft, keepDeleteDraft } from './delete-draft.ts'
import { deleteRow, type Surroundings } from './delete-rows.ts'

const place = { name: 'bulk-delete-apply', isKept: isKeptDeleteDraft }

/** A deletion of many on its way: what is chosen, what hangs on it, what the dry run says, and the job that does it. */
export function useBulkDelete(start: DeleteDraft, onStarted: (draft: DeleteDraft, jobId: string) => void) {
  const client = useQueryClient()
  const owner = useSession().user.id
  const [draft, setDraft] = useState(start)
  const { form, job: sent, keep: keepApplying } = useKeptApplying(draft, place)
  const check = useCheck()
  const around = useSurroundings(draft)
  const job = useRepeatable(
    createJob,
    (answer) => {
      noteJob(client, answer)
      onStarted(draft, answer.job.id)
    },
    { sent, keep: (next) => keepApplying({ job: next }) },
  )
  const keep = (next: DeleteDraft) => {
    setDraft(next)
    keepDeleteDraft(owner, next)
  }
  const rows = draft.tunnels.map((chosen) => deleteRow(chosen, check.answers.get(chosen.id), around))
  const ready = rows.flatMap(({ id, result, version }) =>
    result === 'will-change' && version !== null ? [{ id, version }] : [],
  )
  return {
    draft,
    dry: check,
    rows,
    form,
    setForm: (next: ApplyForm) => keepApplying({ form: next }),
    setReason: (reason: string) => keep({ ...draft, reason }),
    /** Asks Cloudflare about each of them, anew. */
    again: () => check.start(draft.tunnels.map(({ id }) => ({ key: id, asked: { change: 'delete' as const, id } }))),
    /** Goes on without those that came out so. */
    remove: (result: DryResult) =>
      keep({ ...draft, tunnels: draft.tunnels.filter((_, index) => rows[index]?.result !== result) }),
    count: ready.length,
    isBusy: job.isBusy,
    isLost: job.isLost,
    problem: job.problem,
    repeat: () => void job.again(),
    apply: () => void job.start(jobOf(ready, form, draft.reason)),
  }
}

export type BulkDeleting = ReturnType<typeof useBulkDelete>

function jobOf(tunnels: { id: string; version: string }[], form: ApplyForm, typed: string): JobInput {
  const at = form.startsAt === null ? null : momentOf(form.startsAt)
  const reason = typed.trim()
  return {
    kind: 'delete',
    tunnels,
    ...optionsOf(form),
    ...(reason !== '' && { reason }),
    ...(at !== null && { startsAt: at.toISOString() }),
  }
}

function useSurroundings({ tunnels }: DeleteDraft): Surroundings {
  const ending = useStore(siteEnding)
  const list = useQuery({ ...tunnelsQuery(), select: ({ body }) => body.tunnels })
  const status = useQuery(statusQuery())
  const routes = useQuery(routesQuery())
  const { sites } = useSitesAtStake(new Set(tunnels.map(({ id }) => id)))
  const isOld = isOldAt(status.data?.fetchedAt, new Date())
  const prefixes = useMemo(() => {
    const known = routes.data?.routes
    return known && list.data ? prefixesThrough(list.data.filter(isWholeTunnel), known) : null
  }, [list.data, routes.data])
  return {
    prefixes,
    states: status.data && !isOld ? status.data.body.statuses : null,
    exposed: new Set([...(sites?.onlyOne ?? []), ...(sites?.allChosen ?? [])]),
    ending,
  }
}
