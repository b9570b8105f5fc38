import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useRef } from 'react'
import { usersQuery } from '../data/users.ts'
import { InviteDialog } from '../features/users/invite-dialog.tsx'
import { UsersTable } from '../features/users/users-table.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

const route = getRouteApi('/app/users')

export function UsersPage() {
  const { invite = false } = route.useSearch()
  const navigate = route.useNavigate()
  const opener = useRef<HTMLButtonElement>(null)
  const { data, error, isFetching, refetch } = useQuery(usersQuery())
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can come in, and what each may do. A change acts at once, also where somebody is signed in."
        actions={
          <Button
            ref={opener}
            kind="primary"
            icon={<UserPlus aria-hidden size={16} />}
            onClick={() => void navigate({ search: { invite: true } })}
          >
            Invite
          </Button>
        }
      />
      {!data && !error && <SkeletonRows label="Loading users" rows={4} />}
      {!data && error && <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && error && (
        <div className="mb-4">
          <Banner kind="warning" title={error.problem.title}>
            The list may be out of date.
          </Banner>
        </div>
      )}
      {data && <UsersTable users={data} />}
      {invite && <InviteDialog opener={opener} onClose={() => void navigate({ search: {}, replace: true })} />}
    </>
  )
}
