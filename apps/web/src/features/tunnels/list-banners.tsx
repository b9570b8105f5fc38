import type { StatusAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import type { ProblemError } from '@tunnel-console/shared/problem'
import { clockTime } from '../../lib/exact-times.ts'
import { count, formatNumber } from '../../lib/format.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { Banner } from '../../ui/banner.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { WhyFailed } from './why-failed.tsx'

export interface ListBannersProps {
  list: TunnelListAnswer
  fetchedAt: string
  sources: StatusAnswer['sources'] | undefined
  listError: ProblemError | null
  statusError: ProblemError | null
}

/** What is wrong with the data itself, above the data: every source says for itself how old it is. */
export function ListBanners({ list, fetchedAt, sources, listError, statusError }: ListBannersProps) {
  useStore(timesInUtc)
  const from = (iso: string) => (
    <>
      {clockTime(new Date(iso))} (<TimeAgo at={iso} />)
    </>
  )
  const health = sources?.health
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      {/* That the console cannot be reached stands above every page. */}
      {listError?.problem.code === 'unreachable' && (
        <Banner kind="warning" title={<>This list is from {from(fetchedAt)}.</>} />
      )}
      {listError && listError.problem.code !== 'unreachable' && (
        <Banner kind="danger" title={`${listError.problem.title}.`}>
          This list is from {from(fetchedAt)}. The console keeps trying.
          <WhyFailed failures={{ 'Tunnel list': listError.problem }} />
        </Banner>
      )}
      {!listError && list.stale && (
        <Banner kind="warning" title="Cloudflare is not answering.">
          This list is from {from(fetchedAt)}.
          <WhyFailed failures={{ 'Tunnel list': list.failure }} />
        </Banner>
      )}
      {list.doubted && (
        <Banner
          kind="warning"
          title={`Cloudflare’s list suddenly holds ${count(list.doubted.tunnels, 'tunnel')} instead of ${formatNumber(list.tunnels.length)}.`}
        >
          It is not believed until a second reading says the same. What you see is the list before.
        </Banner>
      )}
      {!listError && statusError && (
        <Banner kind="warning" title="Status could not be read.">
          {statusError.problem.title}. The configuration below is not affected.
          <WhyFailed failures={{ Status: statusError.problem }} />
        </Banner>
      )}
      {health && !health.ok && health.at === null && (
        <Banner kind="warning" title="Health is not connected.">
          Cloudflare’s health analytics has not answered yet, so states rest on BGP and keys alone. If this stays, ask
          an administrator to check that the API token may read analytics.
          <WhyFailed failures={{ 'Health data': health.failure }} />
        </Banner>
      )}
      {health && !health.ok && health.at !== null && (
        <Banner kind="warning" title={<>Health data is from {from(health.at)}.</>}>
          Cloudflare’s health analytics is not answering.
          <WhyFailed failures={{ 'Health data': health.failure }} />
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
