import { useQuery } from '@tanstack/react-query'
import { jobsQuery } from '../data/jobs.ts'
import { JobsTable } from '../features/jobs/jobs-table.tsx'
import { Banner } from '../ui/banner.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

export function JobsPage() {
  const { data, error, isFetching, refetch } = useQuery(jobsQuery())
  return (
    <>
      <PageHeader
        title="Jobs"
        description="Changes of many tunnels, and changes that wait for their time. They go on when no page is open."
      />
      {!data && !error && <SkeletonRows label="Loading jobs" rows={4} />}
      {!data && error && <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && error && (
        <div className="mb-4">
          <Banner kind="warning" title={`${error.problem.title}.`}>
            The list may be out of date.
          </Banner>
        </div>
      )}
      {data && <JobsTable jobs={data} />}
    </>
  )
}
