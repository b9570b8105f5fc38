import type { UserEntry } from '@tunnel-console/shared/api'
import type { ReactNode } from 'react'
import { nearTime } from '../../lib/format.ts'
import { roleCan, roleNames } from '../../lib/role-words.ts'
import { Badge } from '../../ui/badge.tsx'
import { columnsOf } from '../../ui/data-table-kit.ts'
import { TimeAgo, useNow } from '../../ui/time-ago.tsx'
import { stateOf } from './user-state.ts'

/** A row of the table: the person, and what a row can do. */
export interface UserRow {
  user: UserEntry
  isSelf: boolean
  menu: ReactNode
}

const column = columnsOf<UserRow>()

export const userColumns = column.columns([
  column.accessor(({ user }) => user.name, {
    id: 'name',
    header: 'Name',
    cell: ({ row }) => <Name row={row.original} />,
    meta: { isRowHeader: true },
  }),
  column.accessor(({ user }) => user.email, {
    id: 'email',
    header: 'Email',
    cell: ({ row }) => <span className="[overflow-wrap:anywhere]">{row.original.user.email}</span>,
  }),
  column.accessor(({ user }) => user.role, {
    id: 'role',
    header: 'Role',
    cell: ({ row }) => <RoleBadge user={row.original.user} />,
  }),
  column.accessor(({ user }) => Number(user.disabled) * 2 + Number(user.invitedUntil !== null), {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <State user={row.original.user} />,
  }),
  column.accessor(({ user }) => user.lastUsedAt ?? '', {
    id: 'lastUsedAt',
    header: 'Last use',
    cell: ({ row }) => <LastUse at={row.original.user.lastUsedAt} />,
  }),
  column.display({
    id: 'menu',
    header: 'Actions',
    cell: ({ row }) => row.original.menu,
    meta: { isHeadHidden: true, isStickyRight: true, width: '3.5rem', align: 'right' },
  }),
])

/** A person on a phone: everything in one cell. */
export function UserCard({ row }: { row: UserRow }) {
  const { user, menu } = row
  return (
    <div className="flex items-start justify-between gap-2">
      <div className="flex min-w-0 flex-col gap-1">
        <Name row={row} />
        <span className="text-fg-2 [overflow-wrap:anywhere]">{user.email}</span>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <RoleBadge user={user} />
          <State user={user} />
          <span className="text-12 text-fg-3">
            last use: <LastUse at={user.lastUsedAt} />
          </span>
        </span>
      </div>
      {menu}
    </div>
  )
}

function Name({ row: { user, isSelf } }: { row: UserRow }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 font-medium [overflow-wrap:anywhere]">
      {user.name}
      {isSelf && <Badge>you</Badge>}
    </span>
  )
}

const RoleBadge = ({ user: { role } }: { user: UserEntry }) => <Badge title={roleCan[role]}>{roleNames[role]}</Badge>

const LastUse = ({ at }: { at: string | null }) =>
  at === null ? <span className="text-fg-3">never</span> : <TimeAgo at={at} />

function State({ user }: { user: UserEntry }) {
  const now = useNow()
  const { invitedUntil } = user
  switch (stateOf(user, now)) {
    case 'disabled':
      return <Badge tone="unknown">Disabled</Badge>
    case 'expired':
      return <Badge tone="degraded">Invitation expired</Badge>
    case 'invited':
      return (
        <Badge tone="establishing">
          Invited until {invitedUntil !== null && <TimeAgo at={invitedUntil} format={nearTime} />}
        </Badge>
      )
    default:
      return <Badge tone="up">Active</Badge>
  }
}
