import { isCompared, valueWords } from '@tunnel-console/shared/words'
import { type ReactNode, useState } from 'react'
import { formatNumber } from '../../../lib/format.ts'
import { Changes } from '../../../ui/changes.tsx'
import { CountFilter } from '../../../ui/count-filter.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { columnsOf } from '../../../ui/data-table-kit.ts'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { MendFields } from './mend-fields.tsx'
import type { OpenFile } from './open-file.ts'
import { kindWords, type ShownRow, type Standing, standingLooks, standings } from './standing.ts'
import type { Travelling } from './use-travel.ts'

interface TravelTableProps {
  travel: Travelling
  file: OpenFile
  rows: readonly ShownRow[]
}

/** What the file would do, row by row: what to mend, what to choose. The totals above are filters. */
export function TravelTable({ travel, file, rows }: TravelTableProps) {
  const [wanted, setWanted] = useState<Standing | null>(null)
  const counts = new Map(standings.map((value) => [value, rows.filter(({ standing }) => standing === value).length]))
  const counted = standings
    .map((value) => ({ value, ...standingLooks[value], count: counts.get(value) ?? 0 }))
    .filter(({ count, value }) => count > 0 || value === 'to-mend')
  // A kind that has gone must not leave an empty table behind.
  const shown = wanted !== null && (counts.get(wanted) ?? 0) > 0 ? wanted : null
  const mend = (row: ShownRow) => <MendFields row={row} file={file} open={travel.open} onMend={travel.mend} />
  return (
    <div className="flex flex-col gap-3">
      <CountFilter label="Filter by state" counted={counted} chosen={shown} onChange={setWanted} />
      <DataTable
        caption={travel.purpose === 'import' ? 'Rows of the file' : 'Plan'}
        columns={columnsWith(mend)}
        rows={rows.filter(({ standing }) => shown === null || standing === shown)}
        rowId={({ key }) => key}
        height="none"
        tabStops="all"
        virtualAbove={100}
        selection={{
          ids: travel.chosen,
          onChange: travel.choose,
          isClosed: ({ asked }) => asked === null,
          label: ({ name, key }) => `Select ${name || key}`,
        }}
        compact={(row) => <Compact row={row} mend={mend(row)} />}
      />
      {shown !== null && (
        <p className="text-13 text-fg-2">
          {formatNumber(counts.get(shown) ?? 0)} of {formatNumber(rows.length)} are shown.
        </p>
      )}
    </div>
  )
}

const column = columnsOf<ShownRow>()

const columnsWith = (mend: (row: ShownRow) => ReactNode) =>
  column.columns([
    column.accessor('name', {
      header: 'Name',
      cell: ({ row }) => <Name row={row.original} />,
      meta: { isRowHeader: true, width: '14rem', narrowWidth: '11rem' },
    }),
    column.accessor(({ kind }) => kindWords[kind], { id: 'kind', header: 'Does', meta: { width: '6rem' } }),
    column.accessor(({ standing }) => standings.indexOf(standing), {
      id: 'standing',
      header: 'State',
      cell: ({ row }) => <State row={row.original} />,
      meta: { width: '9rem' },
    }),
    column.display({ id: 'mend', header: 'To mend', cell: ({ row }) => mend(row.original) }),
    column.display({
      id: 'changes',
      header: 'Old → new',
      cell: ({ row }) => <Values row={row.original} />,
    }),
  ])

function Name({ row: { name, line } }: { row: ShownRow }) {
  return (
    <span className="flex flex-col [overflow-wrap:anywhere]">
      <span className="text-14 font-medium">{name || 'no name'}</span>
      <span className="text-12 font-normal text-fg-3">{line === null ? 'Not in the file' : `Row ${line}`}</span>
    </span>
  )
}

function State({ row: { standing, reason } }: { row: ShownRow }) {
  return (
    <span className="flex flex-col gap-0.5">
      <StateBadge {...standingLooks[standing]} look="plain" />
      {reason !== '' && <span className="max-w-[36ch] text-13 text-fg-2 [overflow-wrap:anywhere]">{reason}</span>}
    </span>
  )
}

/** A new tunnel has nothing that its values could be compared with. */
function Values({ row: { kind, changes } }: { row: ShownRow }) {
  if (kind !== 'create') return <Changes changes={changes} />
  return (
    <ul className="flex flex-col gap-0.5 py-1 text-13">
      {changes.map(({ path, label, after }) => (
        <li key={path} className="[overflow-wrap:anywhere]">
          <span className="text-fg-3">{label}: </span>
          <span className={isCompared(path) ? 'mono' : undefined}>{valueWords(path, after)}</span>
        </li>
      ))}
    </ul>
  )
}

function Compact({ row, mend }: { row: ShownRow; mend: ReactNode }) {
  return (
    <span className="flex flex-col gap-1 py-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <Name row={row} />
        <span className="text-13">{kindWords[row.kind]}</span>
        <State row={row} />
      </span>
      {mend}
      <Values row={row} />
    </span>
  )
}
