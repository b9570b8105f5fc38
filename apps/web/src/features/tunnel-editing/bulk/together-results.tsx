import { Link } from '@tanstack/react-router'
import type { ManyResult } from '@tunnel-console/shared/api'
import type { ManyOutcome } from '@tunnel-console/shared/jobs'
import { formatNumber } from '../../../lib/format.ts'
import { type ResultLine, resultsCsv } from '../../../lib/results-csv.ts'
import { Banner } from '../../../ui/banner.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { columnsOf } from '../../../ui/data-table-kit.ts'
import { LinkButton } from '../../../ui/link-button.tsx'
import { ResultButtons } from '../../../ui/result-buttons.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import type { Shape } from '../../../ui/state-shape.tsx'
import type { Tone } from '../../../ui/tone.ts'
import { focusOnMount } from '../focus-on-mount.ts'
import type { ChangedOne, ChosenOne } from './bulk-start.ts'
import { wordsOf } from './plan.ts'

interface Told extends ManyResult {
  name: string
}

function standingTitle(isOpen: boolean, isSplit: boolean): string {
  if (isOpen) return 'Not everything is known yet.'
  return isSplit ? 'Some were changed, and others were not.' : 'Nothing was changed.'
}

interface TogetherResultsProps {
  tunnels: readonly ChosenOne[]
  results: readonly ManyResult[]
  /** Begins a bulk edit that gives these tunnels their former values. */
  onRestore: (rows: readonly ChangedOne[]) => void
}

/** What became of each tunnel of one request for all, as a file too, and the way back. */
export function TogetherResults({ tunnels, results, onRestore }: TogetherResultsProps) {
  const names = new Map(tunnels.map(({ id, name }) => [id, name]))
  const told = results.map((result): Told => ({ ...result, name: names.get(result.id) ?? result.id }))
  const changed = told.flatMap(({ id, name, outcome, changes = [] }) =>
    outcome === 'applied' && changes.length > 0 ? [{ id, name, changes }] : [],
  )
  const isAll = results.every(({ outcome }) => outcome === 'applied' || outcome === 'unchanged')
  const isOpen = results.some(({ outcome }) => outcome === 'unknown')
  const isSplit = results.some(({ outcome }) => outcome === 'applied')
  return (
    <div className="flex flex-col gap-5">
      <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
        {resultWords(results)}
      </h2>
      {!isAll && (
        <Banner kind="warning" title={standingTitle(isOpen, isSplit)}>
          {isOpen
            ? 'What is unknown stays watched. Its entry in the audit log turns when it is known.'
            : isSplit
              ? 'Cloudflare did not take all or nothing; the lines below say which were changed.'
              : 'One tunnel stood in the way of all; the lines below say which.'}
        </Banner>
      )}
      <DataTable
        caption="Results"
        columns={columns}
        rows={told}
        rowId={({ id }) => id}
        compact={(row) => (
          <span className="flex flex-col gap-1 py-1">
            <span className="flex flex-wrap justify-between gap-x-3">
              <Name row={row} />
              <Outcome row={row} />
            </span>
            <Why row={row} />
          </span>
        )}
      />
      <div className="flex flex-wrap gap-2">
        <LinkButton to="/tunnels" kind="primary">
          Back to tunnels
        </LinkButton>
        <ResultButtons
          restorable={changed.length}
          onRestore={() => onRestore(changed)}
          csv={() => resultsCsv(told.map(lineOf))}
          fileName="bulk-edit.csv"
        />
      </div>
    </div>
  )
}

const looks: Record<ManyOutcome, { word: string; tone: Tone; shape: Shape }> = {
  applied: { word: 'Changed', tone: 'up', shape: 'circle' },
  valid: { word: 'Accepted', tone: 'establishing', shape: 'half-ring' },
  unchanged: { word: 'Already so', tone: 'up', shape: 'circle' },
  rejected: { word: 'Not changed', tone: 'down', shape: 'square-cross' },
  conflict: { word: 'Conflict', tone: 'degraded', shape: 'triangle-alert' },
  unknown: { word: 'Unknown', tone: 'unknown', shape: 'diamond' },
}

/** "44 changed", "38 not changed, 2 conflict". */
function resultWords(results: readonly ManyResult[]): string {
  const counts = new Map<ManyOutcome, number>()
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return [...counts].map(([outcome, n]) => `${formatNumber(n)} ${looks[outcome].word.toLowerCase()}`).join(', ')
}

const lineOf = ({ id, name, outcome, changes = [], problem }: Told): ResultLine => ({
  name,
  tunnelId: id,
  state: looks[outcome].word,
  changes,
  problem: problem ? { code: problem.code, detail: wordsOf(problem) } : null,
  auditId: null,
})

const Name = ({ row: { id, name } }: { row: Told }) => (
  <Link to="/tunnels/$id" params={{ id }} className="rounded-s text-14 font-medium hover:underline">
    {name}
  </Link>
)
const Outcome = ({ row: { outcome } }: { row: Told }) => <StateBadge {...looks[outcome]} look="plain" />
const Why = ({ row: { problem } }: { row: Told }) => (
  <span className="text-13 text-fg-2 [overflow-wrap:anywhere]">{problem ? wordsOf(problem) : ''}</span>
)

const column = columnsOf<Told>()
const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <Name row={row.original} />,
    meta: { isRowHeader: true },
  }),
  column.accessor('outcome', { header: 'Result', cell: ({ row }) => <Outcome row={row.original} /> }),
  column.display({ id: 'why', header: 'Reason', cell: ({ row }) => <Why row={row.original} /> }),
])
