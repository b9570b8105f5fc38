import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { type ReactNode, useId, useState } from 'react'
import { auditQuery } from '../../data/audit.ts'
import type { AuditFilter } from '../../data/audit-filter.ts'
import { cx } from '../../lib/cx.ts'
import { count } from '../../lib/format.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { useIsNarrow } from '../../lib/use-media.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch-field.tsx'
import { AuditRow, type AuditRowLook } from './audit-row.tsx'

interface AuditEntriesProps {
  filter: AuditFilter
  empty: ReactNode
  /** `false` where every entry has the same target. */
  hasTarget?: boolean
  mayExist?: (id: string) => boolean
}

export function AuditEntries({ filter, empty, hasTarget = true, mayExist = always }: AuditEntriesProps) {
  // A day is another one in another zone.
  useStore(timesInUtc)
  const log = useInfiniteQuery(auditQuery(filter))
  const isNarrow = useIsNarrow()
  const [showsDryRuns, setShowsDryRuns] = useState(false)
  const isOne = filter.entry !== undefined
  if (log.isPending) return <SkeletonRows label="Loading audit entries" isTwoLine />
  if (!log.data) {
    return <ErrorPanel problem={log.error.problem} onRetry={() => void log.refetch()} isRetrying={log.isFetching} />
  }
  const all = log.data.pages.flatMap((page) => page.entries)
  if (all.length === 0) return empty
  const dryRuns = isOne || filter.outcome === 'valid' ? 0 : all.filter(isDryRun).length
  const entries = dryRuns > 0 && !showsDryRuns ? all.filter((entry) => !isDryRun(entry)) : all
  return (
    <>
      {log.error && !log.isFetchNextPageError && (
        <div className="mb-3">
          <Banner kind="warning" title={log.error.problem.title}>
            Newer entries may be missing.
          </Banner>
        </div>
      )}
      {dryRuns > 0 && (
        <DryRuns number={dryRuns} isShown={showsDryRuns} onToggle={() => setShowsDryRuns(!showsDryRuns)} />
      )}
      {entries.length === 0 ? (
        <EmptyState title="Only dry runs so far" />
      ) : (
        <EntryTable entries={entries} look={{ isNarrow, hasTarget, mayExist, isOpen: isOne }} />
      )}
      {!isOne && <Older log={log} />}
    </>
  )
}

function EntryTable({ entries, look }: { entries: readonly AuditEntry[]; look: AuditRowLook }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Audit entries, scrolls"
      className="focus-inset overflow-x-auto border-y border-line bg-surface"
    >
      <table className="w-full border-separate border-spacing-0 text-13 [&>tbody>tr:last-child>td]:border-b-0">
        <caption className="sr-only">Audit entries</caption>
        <Head isNarrow={look.isNarrow} hasTarget={look.hasTarget} />
        <tbody>
          {entries.map((entry) => (
            <AuditRow key={`${entry.id} ${look.isOpen}`} entry={entry} look={look} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const always = () => true

/** A dry run that was refused for want of a role is a refusal, and stays in sight. */
const isDryRun = ({ validateOnly, outcome }: AuditEntry) => validateOnly && outcome !== 'denied'

/** A dry run changes nothing, and there are many: they are counted, and seen by whoever wants to. */
function DryRuns({ number, isShown, onToggle }: { number: number; isShown: boolean; onToggle: () => void }) {
  const id = useId()
  return (
    <div className="mb-3 flex min-h-control flex-wrap items-center gap-x-3 gap-y-1 text-13 text-fg-2">
      <Switch id={id} checked={isShown} onChange={onToggle} />
      <label htmlFor={id}>Show dry runs</label>
      <span role="status">
        {count(number, 'dry run')} {isShown ? 'shown' : 'hidden'}
      </span>
    </div>
  )
}

function Head({ isNarrow, hasTarget }: Pick<AuditRowLook, 'isNarrow' | 'hasTarget'>) {
  const names = isNarrow ? ['Entry'] : ['Time', 'Who', 'Action', ...(hasTarget ? ['Target'] : []), 'Result']
  return (
    <thead className={isNarrow ? 'sr-only' : undefined}>
      <tr>
        {!isNarrow && (
          <th scope="col" className={headClass}>
            <span className="sr-only">Details</span>
          </th>
        )}
        {names.map((name) => (
          <th key={name} scope="col" className={cx(headClass, widths[name])}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

const widths: Record<string, string> = { Time: 'w-52', Who: 'w-72', Result: 'w-36' }

const headClass = 'h-row-head border-b border-line px-cell text-left text-12 font-medium whitespace-nowrap text-fg-3'

function Older({ log }: { log: ReturnType<typeof useInfiniteQuery<unknown>> }) {
  if (!log.hasNextPage) return <p className="pt-3 text-12 text-fg-3">This is the start of the log.</p>
  return (
    <div className="flex flex-col items-start gap-3 pt-4">
      {log.isFetchNextPageError && log.error && <ErrorPanel problem={log.error.problem} isAlert />}
      <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
        Load older
      </Button>
    </div>
  )
}
