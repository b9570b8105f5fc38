import type { StatusAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import type { ProblemError } from '@tunnel-console/shared/problem'
import { clockTime, count, relativeTime } from '../../lib/format.ts'
import { Banner } from '../../ui/banner.tsx'
import { useNow } from '../../ui/time-ago.tsx'

interface ListBannersProps {
  list: Pick<TunnelListAnswer, 'stale' | 'unreadable'>
  fetchedAt: string
  sources: StatusAnswer['sources'] | undefined
  listError: ProblemError | null
  statusError: ProblemError | null
}

/** What is wrong with the data itself, above the data: every source says for itself how old it is. */
export function ListBanners({ list, fetchedAt, sources, listError, statusError }: ListBannersProps) {
  const now = useNow()
  const from = (iso: string) => `${clockTime(new Date(iso))} (${relativeTime(new Date(iso), now)})`
  const health = sources?.health
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      {listError && (
        <Banner kind="danger" title={`${listError.problem.title}.`}>
          This list is from {from(fetchedAt)}. The console keeps trying.
        </Banner>
      )}
      {!listError && list.stale && (
        <Banner kind="warning" title="Cloudflare is not answering.">
          This list is from {from(fetchedAt)}.
        </Banner>
      )}
      {!listError && statusError && (
        <Banner kind="warning" title="Status could not be read.">
          {statusError.problem.title}. The configuration below is not affected.
        </Banner>
      )}
      {health && !health.ok && health.at === null && (
        <Banner kind="warning" title="Health is not connected.">
          Cloudflare’s health analytics has not answered yet, so states rest on BGP and keys alone. If this stays, ask
          an administrator to check that the API token may read analytics.
        </Banner>
      )}
      {health && !health.ok && health.at !== null && (
        <Banner kind="warning" title={`Health data is from ${from(health.at)}.`}>
          Cloudflare’s health analytics is not answering.
        </Banner>
      )}
      {list.unreadable > 0 && (
        <Banner kind="warning" title={`${count(list.unreadable, 'tunnel')} could not be read.`}>
          Cloudflare’s list holds {list.unreadable === 1 ? 'an entry' : 'entries'} without a usable id. They exist, but
          cannot be shown here.
        </Banner>
      )}
    </div>
  )
}
