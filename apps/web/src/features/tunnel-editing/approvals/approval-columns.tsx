import { Link } from '@tanstack/react-router'
import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import type { ReactNode } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { columnsOf } from '../../../ui/data-table-kit.ts'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { fieldsText, stateLooks } from './words.ts'

/** A row of the table: what is asked for, and what this person can do about it. */
export interface ApprovalRow {
  entry: ApprovalEntry
  isOwn: boolean
  action: ReactNode
}

const column = columnsOf<ApprovalRow>()

export const approvalColumns = column.columns([
  column.accessor(({ entry }) => entry.name, {
    id: 'tunnel',
    header: 'Tunnel',
    cell: ({ row }) => <TunnelName entry={row.original.entry} />,
    meta: { isRowHeader: true },
  }),
  column.accessor(({ entry }) => fieldsText(entry), { id: 'fields', header: 'Changes' }),
  column.accessor(({ entry }) => entry.by.email, {
    id: 'by',
    header: 'Asked by',
    cell: ({ row }) => <By row={row.original} />,
  }),
  column.accessor(({ entry }) => entry.askedAt, {
    id: 'askedAt',
    header: 'Asked',
    cell: ({ row }) => <TimeAgo at={row.original.entry.askedAt} />,
  }),
  column.accessor(({ entry }) => Number(entry.state !== 'waiting'), {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <State entry={row.original.entry} />,
  }),
  column.display({
    id: 'action',
    header: 'Actions',
    cell: ({ row }) => row.original.action,
    meta: { isHeadHidden: true, isStickyRight: true, width: '6rem', align: 'right' },
  }),
])

/** One on a phone: everything in one cell. */
export function ApprovalCard({ row }: { row: ApprovalRow }) {
  const { entry, action } = row
  return (
    <div className="flex items-start justify-between gap-2">
      <div className="flex min-w-0 flex-col items-start gap-1">
        <TunnelName entry={entry} />
        <span className="text-fg-2">{fieldsText(entry)}</span>
        <span className="text-12 text-fg-3">
          <By row={row} />, <TimeAgo at={entry.askedAt} />
        </span>
        <State entry={entry} />
      </div>
      {action}
    </div>
  )
}

function TunnelName({ entry: { tunnelId, name } }: { entry: ApprovalEntry }) {
  return (
    <Link
      to="/tunnels/$id"
      params={{ id: tunnelId }}
      className="rounded-s font-medium [overflow-wrap:anywhere] hover:underline focus-visible:underline"
    >
      {name}
    </Link>
  )
}

function By({ row: { entry, isOwn } }: { row: ApprovalRow }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 [overflow-wrap:anywhere]">
      {entry.by.email}
      {isOwn && <Badge>you</Badge>}
    </span>
  )
}

function State({ entry }: { entry: ApprovalEntry }) {
  const [word, tone] = stateLooks[entry.state]
  return <Badge tone={tone}>{word}</Badge>
}
