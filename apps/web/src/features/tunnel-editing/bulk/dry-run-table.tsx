import { useState } from 'react'
import { formatNumber } from '../../../lib/format.ts'
import { Changes } from '../../../ui/changes.tsx'
import { CountFilter } from '../../../ui/count-filter.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { columnsOf } from '../../../ui/data-table-kit.ts'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { TunnelInNewTab } from '../tunnel-in-new-tab.tsx'
import { dryLooks } from './dry-looks.ts'
import { countResults, type DryResult, type DryRow, dryResults, dryWords } from './plan.ts'

/** What would become of each tunnel. The totals above are filters. */
export function DryRunTable({ rows }: { rows: readonly DryRow[] }) {
  const [wanted, setWanted] = useState<DryResult | null>(null)
  const counts = countResults(rows)
  // A kind that has gone must not leave an empty table behind.
  const shown = wanted !== null && counts[wanted] > 0 ? wanted : null
  const counted = dryResults.map((value) => ({
    value,
    word: dryWords[value],
    ...dryLooks[value],
    count: counts[value],
  }))
  return (
    <div className="flex flex-col gap-3">
      <CountFilter label="Filter by result" counted={counted} chosen={shown} onChange={setWanted} />
      <DataTable
        caption="Dry run"
        height="none"
        columns={columns}
        rows={rows.filter(({ result }) => shown === null || result === shown)}
        rowId={({ id }) => id}
        defaultSorting={[{ id: 'result', desc: false }]}
        compact={(row) => <Compact row={row} />}
      />
      {shown !== null && (
        <p className="text-13 text-fg-2">
          {formatNumber(counts[shown])} of {formatNumber(rows.length)} are shown.
        </p>
      )}
    </div>
  )
}

/** What stands in the way comes first. */
const order: readonly DryResult[] = ['refused', 'conflict', 'not-checked', 'will-change', 'already-so']

const column = columnsOf<DryRow>()
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <TunnelInNewTab row={row.original} />,
    meta: { isRowHeader: true, width: '14rem', narrowWidth: '11rem' },
  }),
  column.accessor(({ result }) => order.indexOf(result), {
    id: 'result',
    header: 'Result',
    cell: ({ row }) => <Result row={row.original} />,
    meta: { width: '9rem' },
  }),
  column.display({
    id: 'changes',
    header: 'Old → new',
    cell: ({ row }) => <Changes changes={row.original.changes} />,
  }),
  column.display({
    id: 'reason',
    header: 'Reason',
    cell: ({ row }) => <Reason row={row.original} />,
  }),
])

const Result = ({ row: { result } }: { row: DryRow }) => (
  <StateBadge {...dryLooks[result]} word={dryWords[result]} look="plain" />
)

const Reason = ({ row: { reason } }: { row: DryRow }) => (
  <span className="block max-w-[52ch] min-w-40 text-13 text-fg-2 [overflow-wrap:anywhere]">{reason}</span>
)

function Compact({ row }: { row: DryRow }) {
  return (
    <span className="flex flex-col gap-1 py-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <TunnelInNewTab row={row} />
        <Result row={row} />
      </span>
      <Changes changes={row.changes} />
      {row.reason !== '' && <Reason row={row} />}
    </span>
  )
}
