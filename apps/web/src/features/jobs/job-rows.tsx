import { Link } from '@tanstack/react-router'
import { type JobAnswer, type JobRow, type JobRowState, jobRowStates } from '@tunnel-console/shared/jobs'
import { useState } from 'react'
import { useCan } from '../../data/session.ts'
import { Changes } from '../../ui/changes.tsx'
import { CountFilter } from '../../ui/count-filter.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { columnsOf } from '../../ui/data-table-kit.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ComingChanges } from './coming-changes.tsx'
import { rowLook, rowLooks } from './words.ts'

/** Every tunnel of a job, and how it stands. The counts above are filters. */
export function JobRows({ answer: { job, rows } }: { answer: JobAnswer }) {
  const [wanted, setWanted] = useState<JobRowState | null>(null)
  const shown = wanted !== null && job.counts[wanted] > 0 ? wanted : null
  const counted = jobRowStates.map((value) => ({ value, ...rowLooks[value], count: job.counts[value] }))
  const mayAudit = useCan('audit.read')
  const columns = mayAudit ? [...rowColumns, entryColumn] : rowColumns
  return (
    <div className="flex flex-col gap-3">
      <CountFilter label="Filter by state" counted={counted} chosen={shown} onChange={setWanted} />
      {rows.some(({ coming }) => coming !== undefined) && (
        <p className="text-13 text-fg-2">
          The old values are those of now. Each tunnel is read again when its turn comes.
        </p>
      )}
      <DataTable
        caption="Tunnels of this job"
        height="none"
        columns={columns}
        rows={rows.filter(({ state }) => shown === null || state === shown)}
        rowId={({ position }) => String(position)}
        defaultSorting={[{ id: 'position', desc: false }]}
        compact={(row) => <RowCard row={row} mayAudit={mayAudit} />}
      />
    </div>
  )
}

const column = columnsOf<JobRow>()
const rowColumns = column.columns([
  column.accessor('position', {
    header: 'No.',
    cell: ({ row }) => row.original.position + 1,
    meta: { align: 'right', width: '4rem' },
  }),
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <TunnelLink row={row.original} />,
    meta: { isRowHeader: true, width: '14rem', narrowWidth: '11rem' },
  }),
  column.accessor(({ state }) => jobRowStates.indexOf(state), {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge {...rowLook(row.original)} look="plain" />,
    meta: { width: '9rem' },
  }),
  column.display({
    id: 'changes',
    header: 'Old → new',
    cell: ({ row }) => <RowChanges row={row.original} />,
  }),
  column.display({ id: 'problem', header: 'Reason', cell: ({ row }) => <Problem row={row.original} /> }),
])

const [entryColumn] = column.columns([
  column.display({
    id: 'entry',
    header: 'Audit log',
    cell: ({ row }) => <EntryLink row={row.original} />,
  }),
])

function TunnelLink({ row: { tunnelId, name } }: { row: JobRow }) {
  // A new one is nowhere before it was created.
  if (tunnelId === '') return <span className="text-14 font-medium [overflow-wrap:anywhere]">{name}</span>
  return (
    <Link
      to="/tunnels/$id"
      params={{ id: tunnelId }}
      className="rounded-s text-14 font-medium [overflow-wrap:anywhere] hover:underline"
    >
      {name || tunnelId}
    </Link>
  )
}

const RowChanges = ({ row: { changes, coming } }: { row: JobRow }) =>
  coming ? <ComingChanges coming={coming} /> : <Changes changes={changes} />

const Problem = ({ row: { problem } }: { row: JobRow }) => (
  <span className="block max-w-[52ch] text-13 text-fg-2 [overflow-wrap:anywhere]">{problem?.detail}</span>
)

function EntryLink({ row: { auditId, name } }: { row: JobRow }) {
  if (auditId === null) return null
  return (
    <Link to="/audit" search={{ entry: auditId }} className="rounded-s text-accent underline underline-offset-3">
      Entry<span className="sr-only"> of {name}</span>
    </Link>
  )
}

function RowCard({ row, mayAudit }: { row: JobRow; mayAudit: boolean }) {
  return (
    <span className="flex flex-col gap-1 py-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <TunnelLink row={row} />
        <StateBadge {...rowLook(row)} look="plain" />
      </span>
      <RowChanges row={row} />
      {row.problem && <Problem row={row} />}
      {mayAudit && <EntryLink row={row} />}
    </span>
  )
}
