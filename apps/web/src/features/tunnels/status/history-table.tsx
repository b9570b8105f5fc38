import type { TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import type { ReactNode } from 'react'
import { exactTime } from '../../../lib/exact-times.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { stateLook } from '../../../ui/state-look.ts'
import { lastedWords, markWords, segmentsOf } from './segments.ts'

interface Line {
  at: number
  /** It may have begun before. */
  isCut: boolean
  what: ReactNode
  lasted: string
  key: string
}

/** So many rows at most: 90 days of a restless tunnel are told by the picture, and by their newest. */
const mostRows = 200

/** The same as the picture, in words: states and changes in one list, the newest first. */
export function HistoryTable({ history }: { history: TunnelHistoryAnswer }) {
  useStore(timesInUtc)
  const lines = linesOf(history)
  return (
    <details className="text-13">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-s font-medium underline decoration-1 underline-offset-3 pointer-coarse:min-h-11">
        Show as a table
      </summary>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full border-y border-line text-left">
          <caption className="sr-only">States and changes, the newest first</caption>
          <thead>
            <tr className="border-b border-line text-12 text-fg-3">
              {['From', 'What', 'For'].map((head) => (
                <th key={head} scope="col" className="h-row-head pr-4 font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, mostRows).map(({ key, at, isCut, what, lasted }) => (
              <tr key={key} className="border-b border-line last:border-0">
                <td className="nums py-1.5 pr-4 align-top whitespace-nowrap max-sm:whitespace-normal">
                  {isCut && 'Before '}
                  {exactTime(new Date(at))}
                </td>
                <td className="py-1.5 pr-4 [overflow-wrap:anywhere]">{what}</td>
                <td className="nums py-1.5 align-top whitespace-nowrap">{lasted}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > mostRows && (
        <p className="mt-1 text-fg-3">
          Only the newest {mostRows} of {lines.length} rows.
        </p>
      )}
    </details>
  )
}

function linesOf(history: TunnelHistoryAnswer): Line[] {
  const states = segmentsOf(history).map(
    (segment): Line => ({
      at: segment.start,
      isCut: segment.isCut,
      key: `state ${segment.start}`,
      lasted: lastedWords(segment),
      what: (
        <>
          <StateBadge {...stateLook(segment.state)} look="plain" /> <span className="text-fg-2">{segment.reason}</span>
        </>
      ),
    }),
  )
  const changes = history.changes.map(
    (change): Line => ({
      at: Date.parse(change.at),
      isCut: false,
      key: `change ${change.auditId}`,
      lasted: '',
      what: markWords(change),
    }),
  )
  return [...states, ...changes].sort((a, b) => b.at - a.at)
}
