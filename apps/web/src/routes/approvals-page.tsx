import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { approvalsQuery } from '../data/approvals.ts'
import { ApprovalsTable } from '../features/tunnel-editing/approvals/approvals-table.tsx'
import { Banner } from '../ui/banner.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

const route = getRouteApi('/app/approvals')

export function ApprovalsPage() {
  const { id } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isFetching, refetch } = useQuery({ ...approvalsQuery(), refetchInterval: 15_000 })
  return (
    <>
      <PageHeader
        title="Approvals"
        description="Changes that a second person has to approve. Each is one change on one version of its tunnel, and lapses with either."
      />
      {!data && !error && <SkeletonRows label="Loading approvals" rows={4} />}
      {!data && error && <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && error && (
        <div className="mb-4">
          <Banner kind="warning" title={error.problem.title}>
            The list may be out of date.
          </Banner>
        </div>
      )}
      {data && (
        <ApprovalsTable
          approvals={data}
          open={id}
          onOpen={(next) =>
            void navigate({ search: next === undefined ? {} : { id: next }, replace: next === undefined })
          }
        />
      )}
    </>
  )
}
