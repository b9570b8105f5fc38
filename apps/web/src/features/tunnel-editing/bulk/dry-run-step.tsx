import { count, formatNumber } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import { DryRunProgress } from './dry-run-progress.tsx'
import { DryRunTable } from './dry-run-table.tsx'
import { GuardLines } from './guard-lines.tsx'
import { countResults, type DryResult } from './plan.ts'
import type { BulkEditing } from './use-bulk-edit.ts'

/** The second step: what would become of each tunnel. Nothing has happened yet. */
export function DryRunStep({ editing }: { editing: BulkEditing }) {
  const { dry, rows } = editing
  return (
    <div className="flex flex-col gap-5">
      <h2 ref={focusOnMount} tabIndex={-1} className="text-16 font-semibold">
        Dry run of {count(editing.draft.tunnels.length, 'tunnel')}
      </h2>
      <DryRunProgress dry={dry} result={dry.progress === null ? dryRunWords(countResults(rows)) : ''} />
      {dry.progress === null && <GuardLines rows={rows} />}
      {dry.progress === null && <Leftovers {...editing} />}
      <DryRunTable rows={rows} />
    </div>
  )
}

/** "41 will change, 2 are refused". */
export function dryRunWords(counts: Record<DryResult, number>, does = 'will change'): string {
  const told = [
    counts['will-change'] > 0 && `${formatNumber(counts['will-change'])} ${does}`,
    counts['already-so'] > 0 && `${formatNumber(counts['already-so'])} already so`,
    counts.refused > 0 && `${formatNumber(counts.refused)} refused`,
    counts.conflict > 0 && `${formatNumber(counts.conflict)} in conflict`,
    counts['not-checked'] > 0 && `${formatNumber(counts['not-checked'])} not checked`,
  ]
  return `Dry run: ${told.filter((words) => words !== false).join(', ')}`
}

interface LeftoversProps extends Pick<BulkEditing, 'rows' | 'remove'> {
  again: (...results: DryResult[]) => unknown
}

/** What to do about those that cannot be applied as they are. */
export function Leftovers({ rows, remove, again }: LeftoversProps) {
  const { refused, conflict, 'not-checked': open } = countResults(rows)
  if (refused + conflict + open === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      {refused > 0 && <Button onClick={() => remove('refused')}>Remove refused</Button>}
      {conflict + open > 0 && (
        <Button onClick={() => void again('conflict', 'not-checked')}>
          Check {formatNumber(conflict + open)} again
        </Button>
      )}
      {conflict > 0 && <Button onClick={() => remove('conflict')}>Remove conflicts</Button>}
      {open > 0 && <Button onClick={() => remove('not-checked')}>Remove not checked</Button>}
    </div>
  )
}

interface DryRun extends Pick<BulkEditing, 'rows'> {
  dry: Pick<BulkEditing['dry'], 'progress'>
}

/** Why the dry run does not lead on yet, if so. */
export function whyNotOn({ dry, rows }: DryRun): string | undefined {
  if (dry.progress !== null) return 'The dry run is still under way'
  const counts = countResults(rows)
  if (counts.refused > 0) return `Remove ${formatNumber(counts.refused)} refused first`
  if (counts.conflict > 0) return `Check or remove ${count(counts.conflict, 'conflict')} first`
  if (counts['not-checked'] > 0) return `Check or remove ${formatNumber(counts['not-checked'])} not checked first`
  return counts['will-change'] === 0 ? 'Nothing would change' : undefined
}
