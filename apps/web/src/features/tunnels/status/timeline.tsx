import type { TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import { type KeyboardEvent, type MouseEvent, useId, useMemo, useState } from 'react'
import type { Axis } from '../../../lib/axis.ts'
import { sliderKeys } from '../../../lib/slider-keys.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { useNow } from '../../../ui/time-ago.tsx'
import { indexAt, segmentsOf, segmentWords } from './segments.ts'
import { StateBars } from './state-bars.tsx'

/** States on a time axis with the changes on it: one tab stop, in which the arrows go from segment to segment. */
export function Timeline({ history }: { history: TunnelHistoryAnswer }) {
  const id = useId()
  const now = useNow()
  useStore(timesInUtc)
  const segments = useMemo(() => segmentsOf(history), [history])
  const axis = { start: Date.parse(history.from), end: Date.parse(history.to) }
  // By when it began: the next poll may bring one more before it.
  const [chosen, setChosen] = useState<number>()
  const index = chosen === undefined ? segments.length - 1 : indexAt(segments, chosen)
  const selected = segments[index]
  const choose = (next: number) => setChosen(segments[Math.min(segments.length - 1, Math.max(0, next))]?.start)
  if (!selected) return null
  const words = segmentWords(selected, now)
  return (
    <div>
      <div
        role="slider"
        tabIndex={0}
        aria-label="States in time"
        aria-describedby={id}
        aria-valuemin={1}
        aria-valuemax={segments.length}
        aria-valuenow={index + 1}
        aria-valuetext={`${index + 1} of ${segments.length}: ${words}`}
        className="cursor-pointer rounded-s"
        onKeyDown={(event) => onKey(event, index, segments.length - 1, choose)}
        onClick={(event) => choose(indexAt(segments, timeAt(event, axis)))}
      >
        <StateBars axis={axis} segments={segments} changes={history.changes} selected={selected} />
      </div>
      <p id={id} className="sr-only">
        The arrow keys go from state to state. The table below tells the same.
      </p>
      <p className="mt-1 min-h-5 text-13 [overflow-wrap:anywhere]">{words}</p>
    </div>
  )
}

function onKey(event: KeyboardEvent, index: number, last: number, choose: (next: number) => void): void {
  const move = sliderKeys[event.key]
  if (!move) return
  choose(move(index, last))
  event.preventDefault()
}

function timeAt(event: MouseEvent<HTMLElement>, { start, end }: Axis): number {
  const { left, width } = event.currentTarget.getBoundingClientRect()
  return start + ((event.clientX - left) / width) * (end - start)
}
