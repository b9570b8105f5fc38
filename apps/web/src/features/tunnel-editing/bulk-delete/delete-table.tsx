import { stateWords } from '@tunnel-console/shared/status'
import { count } from '../../../lib/format.ts'
import { namesText } from '../../../lib/names-text.ts'
import { Badge } from '../../../ui/badge.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { columnsOf } from '../../../ui/data-table-kit.ts'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { dryLooks } from '../bulk/dry-looks.ts'
import { dryWords } from '../bulk/plan.ts'
import { TunnelInNewTab } from '../tunnel-in-new-tab.tsx'
import type { DeleteRow } from './delete-rows.ts'

/** Every tunnel that is to go: how it stands, what hangs on it, and what the dry run says. */
export function DeleteTable({ rows }: { rows: readonly DeleteRow[] }) {
  return (
    <DataTable
      caption="Tunnels to delete"
      height="none"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      compact={(row) => <Compact row={row} />}
    />
  )
}

const column = columnsOf<DeleteRow>()
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <TunnelInNewTab row={row.original} />,
    meta: { isRowHeader: true, width: '14rem', narrowWidth: '11rem' },
  }),
  column.accessor((row) => stateOf(row), { id: 'state', header: 'State now', meta: { width: '9rem' } }),
  column.display({ id: 'hangs', header: 'What hangs on it', cell: ({ row }) => <Hangs row={row.original} /> }),
  column.accessor('result', {
    header: 'Dry run',
    cell: ({ row }) => <Result row={row.original} />,
    meta: { width: '13rem' },
  }),
])

const stateOf = ({ state }: DeleteRow) => (state === null ? 'Not known' : stateWords[state])

function Hangs({ row: { lastOf, prefixes } }: { row: DeleteRow }) {
  return (
    <span className="flex flex-col items-start gap-1 py-1 text-13 [overflow-wrap:anywhere]">
      {lastOf !== null && <Badge tone="down">No healthy tunnel is left for {lastOf}</Badge>}
      {prefixes === null && <span className="text-fg-2">Routes could not be read</span>}
      {prefixes?.length === 0 && <span className="text-fg-3">No static route</span>}
      {prefixes !== null && prefixes.length > 0 && (
        <span>
          {count(prefixes.length, 'static route')}: <span className="mono">{namesText(prefixes)}</span>
        </span>
      )}
    </span>
  )
}

function Result({ row: { result, reason } }: { row: DeleteRow }) {
  const word = result === 'will-change' ? 'Will be deleted' : dryWords[result]
  return (
    <span className="flex flex-col gap-0.5 py-1">
      <StateBadge {...dryLooks[result]} word={word} look="plain" />
      {reason !== '' && <span className="text-13 text-fg-2 [overflow-wrap:anywhere]">{reason}</span>}
    </span>
  )
}

function Compact({ row }: { row: DeleteRow }) {
  return (
    <span className="flex flex-col gap-1 py-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <TunnelInNewTab row={row} />
        <span className="text-13 text-fg-2">{stateOf(row)}</span>
      </span>
      <Result row={row} />
      <Hangs row={row} />
    </span>
  )
}
