import { useQuery } from '@tanstack/react-query'
import type { JobEntry } from '@tunnel-console/shared/jobs'
import { jobsAheadQuery } from '../../data/jobs.ts'
import { useCan } from '../../data/session.ts'
import { localTime, utcTime } from '../../lib/exact-times.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'

/** On a tunnel's page: the changes of it that wait for their time, each with its job. */
export function JobsAhead({ id }: { id: string }) {
  const mayRead = useCan('tunnel.read')
  const jobs = useQuery({ ...jobsAheadQuery(id), enabled: mayRead }).data ?? []
  const timed = jobs.filter(isTimed)
  if (timed.length === 0) return null
  return (
    <div className="mb-4 flex flex-col gap-2">
      {timed.map((job) => (
        <Ahead key={job.id} job={job} />
      ))}
    </div>
  )
}

function isTimed(job: JobEntry): job is JobEntry & { startsAt: string } {
  return job.startsAt !== null && (job.state === 'scheduled' || job.state === 'missed')
}

function Ahead({ job }: { job: JobEntry & { startsAt: string } }) {
  const { kind, state, by, startsAt } = job
  const what = kind === 'delete' ? 'deletion' : 'change'
  const at = new Date(startsAt)
  const isMissed = state === 'missed'
  return (
    <Banner
      kind={isMissed || kind === 'delete' ? 'warning' : 'info'}
      role="status"
      isWordy
      title={isMissed ? `A scheduled ${what} of this tunnel was missed` : `A ${what} of this tunnel is scheduled`}
      actions={
        <LinkButton to="/jobs/$jobId" params={{ jobId: job.id }} size="small">
          See the job
        </LinkButton>
      }
    >
      By {by.email}, for {localTime(at)} (local), {utcTime(at)} · <TimeAgo at={startsAt} />.
      {isMissed && ' It does not run late by itself.'}
    </Banner>
  )
}
