import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useRef } from 'react'
import { usersQuery } from '../data/users.ts'
import { InviteDialog } from '../features/users/invite-dialog.tsx'
import { UsersTable } from '../features/users/users-table.tsx'
import { Button } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { WholeList } from './whole-list.tsx'

const route = getRouteApi('/app/users')

export function UsersPage() {
  const { invite = false } = route.useSearch()
  const navigate = route.useNavigate()
  const opener = useRef<HTMLButtonElement>(null)
  const list = useQuery(usersQuery())
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
      <WholeList query={list} label="Loading users">
        {(users) => <UsersTable users={users} />}
      </WholeList>
      {invite && <InviteDialog opener={opener} onClose={() => void navigate({ search: {}, replace: true })} />}
    </>
  )
}
