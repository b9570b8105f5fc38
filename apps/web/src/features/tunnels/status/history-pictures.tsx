import type { TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import { olderWords } from '../../../lib/older-words.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { Button } from '../../../ui/button.tsx'
import { Guarded } from '../../../ui/guarded.tsx'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { HistoryTable } from './history-table.tsx'
import { letterOf, markWords, uptimeWords } from './segments.ts'
import { Timeline } from './timeline.tsx'
import { TrafficWaiting } from './traffic-waiting.tsx'

const TrafficChart = lazyPart(async () => (await import('./traffic-chart.tsx')).TrafficChart, {
  Waiting: TrafficWaiting,
  Missing: ({ retry }) => (
    <p className="flex flex-wrap items-center gap-2 text-13 text-fg-2">
      The picture of the traffic could not be loaded.
      <Button size="small" onClick={() => void retry()}>
        Try again
      </Button>
    </p>
  ),
})

/** Where the figures of the traffic stand, and the timeline keeps free. In pixels. */
const gutter = 72
/** More marks than these are told by the table. */
const mostMarks = 8

/** A tunnel's past in pictures: its states, what was changed, and what went through it, all on one time axis. */
export function HistoryPictures({ history }: { history: TunnelHistoryAnswer }) {
  const axis = { start: Date.parse(history.from), end: Date.parse(history.to) }
  // That analytics may not be read is said once.
  const isRefused = history.older?.isRefused ?? false
  return (
    <figure className="flex flex-col gap-3">
      <figcaption className="text-13 text-fg-2">
        {uptimeWords(history)} <Older history={history} />
      </figcaption>
      <div className="pl-18">
        <Guarded name="Timeline">
          <Timeline history={history} />
        </Guarded>
      </div>
      {history.traffic ? (
        <Guarded name="Traffic">
          <TrafficChart axis={axis} samples={history.traffic} gutter={gutter} />
        </Guarded>
      ) : isRefused ? null : (
        <p className="text-13 text-fg-2">Traffic cannot be read: Cloudflare’s analytics did not tell it.</p>
      )}
      <Marks history={history} />
      <HistoryTable history={history} />
    </figure>
  )
}

/** Why a time at the beginning is unknown that may be known in a while. */
function Older({ history: { older, traffic } }: { history: TunnelHistoryAnswer }) {
  useStore(timesInUtc)
  if (!older) return null
  return olderWords(older.isRefused && !traffic ? 'Neither traffic nor history' : 'History', older)
}

function Marks({ history: { changes } }: { history: TunnelHistoryAnswer }) {
  const lettered = changes.map((change, index) => ({ change, letter: letterOf(index) })).slice(-mostMarks)
  if (lettered.length === 0) return null
  return (
    <ol aria-label="Changes on the timeline" className="flex flex-col gap-1 text-13">
      {lettered.map(({ change, letter }) => (
        <li key={change.auditId} className="flex flex-wrap gap-x-2">
          <span className="min-w-4 font-semibold">{letter}</span>
          <TimeAgo at={change.at} />
          <span className="[overflow-wrap:anywhere] text-fg-2">{markWords(change)}</span>
        </li>
      ))}
    </ol>
  )
}
