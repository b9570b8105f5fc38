import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { approvalsQuery } from '../data/approvals.ts'
import { ApprovalsTable } from '../features/tunnel-editing/approvals/approvals-table.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { WholeList } from './whole-list.tsx'

const route = getRouteApi('/app/approvals')

export function ApprovalsPage() {
  const { id } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery({ ...approvalsQuery(), refetchInterval: 15_000 })
  return (
    <>
      <PageHeader
        title="Approvals"
        description="Changes that a second person has to approve. Each is one change on one version of its tunnel, and lapses with either."
      />
      <WholeList query={list} label="Loading approvals">
        {(approvals) => (
          <ApprovalsTable
            approvals={approvals}
            open={id}
            onOpen={(next) =>
              void navigate({ search: next === undefined ? {} : { id: next }, replace: next === undefined })
            }
          />
        )}
      </WholeList>
    </>
  )
}
