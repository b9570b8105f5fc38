import type { UserEntry } from '@tunnel-console/shared/api'
import { useState } from 'react'
import { useSession } from '../../data/session.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import type { UserAction, UserDialogProps } from './user-act.ts'
import { UserCard, type UserRow, userColumns } from './user-columns.tsx'
import { UserDialogs } from './user-dialogs.tsx'
import { UserMenu } from './user-menu.tsx'
import { isLastAdministrator, matches } from './user-state.ts'

interface Asked extends Pick<UserDialogProps, 'user' | 'opener'> {
  action: UserAction
}

type Acts = Parameters<typeof UserMenu>[0]['onAct']

/** Everybody who can come in, and what an administrator can do about each. */
export function UsersTable({ users }: { users: readonly UserEntry[] }) {
  const self = useSession().user.id
  const [query, setQuery] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const rows = users
    .filter((user) => matches(user, query))
    .map((user): UserRow => {
      const isSelf = user.id === self
      const isLast = isLastAdministrator(user, users)
      const act: Acts = (action, opener) => setAsked({ user, action, opener })
      return { user, isSelf, menu: <UserMenu user={user} isSelf={isSelf} isLast={isLast} onAct={act} /> }
    })
  return (
    <>
      <SearchField label="Filter users" value={query} onChange={setQuery} className="mb-3 max-w-80" />
      <DataTable
        caption="Users"
        columns={userColumns}
        rows={rows}
        rowId={({ user }) => user.id}
        defaultSorting={[{ id: 'name', desc: false }]}
        tabStops="all"
        compact={(row) => <UserCard row={row} />}
        empty={
          <EmptyState title="No users match" actions={<Button onClick={() => setQuery('')}>Clear filter</Button>} />
        }
      />
      {asked && (
        <UserDialogs
          key={`${asked.user.id} ${asked.action}`}
          user={asked.user}
          action={asked.action}
          isSelf={asked.user.id === self}
          opener={asked.opener}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
