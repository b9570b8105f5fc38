import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { JobAnswer, JobRow } from '@tunnel-console/shared/jobs'
import { jobQuery } from '../data/jobs.ts'
import { useSession } from '../data/session.ts'
import { JobView } from '../features/jobs/job-view.tsx'
import { jobLook, jobTitle } from '../features/jobs/words.ts'
import { startBulkRestore } from '../features/tunnel-editing/bulk/bulk-start.ts'
import { Banner } from '../ui/banner.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { TextLink } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { StateBadge } from '../ui/state-badge.tsx'

const route = getRouteApi('/app/jobs/$jobId')

export function JobPage() {
  const { jobId } = route.useParams()
  const { data, error, isFetching, refetch } = useQuery(jobQuery(jobId))
  return (
    <>
      <PageHeader
        title={data ? jobTitle(data.job) : 'Job'}
        breadcrumb={<TextLink to="/jobs">Jobs</TextLink>}
        aside={data && <StateBadge {...jobLook(data.job)} />}
      />
      {!data && !error && <SkeletonRows label="Loading the job" rows={6} />}
      {!data && error && <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && error && (
        <div className="mb-4">
          <Banner kind="warning" title={`${error.problem.title}.`}>
            What you see may be out of date. The job goes on without this page.
          </Banner>
        </div>
      )}
      {data && <Shown answer={data} />}
    </>
  )
}

function Shown({ answer }: { answer: JobAnswer }) {
  const { id } = useSession().user
  const navigate = useNavigate()
  const restore = (rows: readonly JobRow[]) => {
    const chosen = rows.map(({ tunnelId, name, changes }) => ({ id: tunnelId, name, changes }))
    startBulkRestore(id, chosen)
    void navigate({ to: '/tunnels/bulk' })
  }
  return <JobView answer={answer} onRestore={restore} />
}
