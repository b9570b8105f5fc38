import type { ProblemError } from '@tunnel-console/shared/problem'
import { clockTime } from '../../lib/exact-times.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { listOrder } from './list-order.ts'
import { useWhoDeleted } from './who-deleted.ts'
import { WhyFailed } from './why-failed.tsx'

interface TunnelBannersProps {
  id: string
  error: ProblemError | null
  /** When what is shown was read, in milliseconds. */
  updatedAt: number
  name: string
}

/** Why what is shown may not be so any more. It stays readable all the same (U25). */
export function TunnelBanners({ id, error, updatedAt, name }: TunnelBannersProps) {
  const who = useWhoDeleted(id, error?.problem.code === 'not-found')
  useStore(timesInUtc)
  const { search } = useStore(listOrder)
  if (!error) return null
  const at = new Date(updatedAt)
  const from =
    updatedAt > 0 ? (
      <>
        {clockTime(at)} (<TimeAgo at={at.toISOString()} />)
      </>
    ) : (
      'the list'
    )
  return (
    <div className="mb-4">
      {error.problem.code === 'not-found' ? (
        <Banner
          kind="danger"
          role="alert"
          title="This tunnel no longer exists."
          actions={
            <LinkButton to="/tunnels" search={search} size="small">
              Go to the list
            </LinkButton>
          }
        >
          {who ?? 'Who deleted it is not known here.'} Below is the last known configuration of {name}, from {from}.
        </Banner>
      ) : error.problem.code === 'unreachable' ? (
        // That the console cannot be reached stands above every page.
        <Banner kind="warning" title={<>What you see is from {from}.</>} />
      ) : (
        <Banner kind="warning" title={`${error.problem.title}.`}>
          What you see is from {from}. The console keeps trying.
          <WhyFailed failures={{ Tunnel: error.problem }} />
        </Banner>
      )}
    </div>
  )
}
