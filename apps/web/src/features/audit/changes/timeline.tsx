import { type KeyboardEvent, type MouseEvent, type ReactNode, useId } from 'react'
import { type Axis, placeOf } from '../../../lib/axis.ts'
import { cx } from '../../../lib/cx.ts'
import { sliderKeys } from '../../../lib/slider-keys.ts'
import { Lanes, lineOfLane } from './lane-picture.tsx'
import type { Lane, LaneItem } from './lanes.ts'
import { lineOf } from './words.ts'

interface TimelineProps {
  axis: Axis
  lanes: readonly Lane[]
  /** The oldest first. */
  items: readonly LaneItem[]
  /** Times in which nobody looked at the states of tunnels. */
  unwatched: readonly Axis[]
  /** The id of the item that is told of. */
  selected: string | undefined
  onSelect: (id: string) => void
  /** The person wants to see the selected one in the table. */
  onOpen: (id: string) => void
  /** What the picture shows in all, in words. */
  children: ReactNode
}

/** The lanes on one time axis: one tab stop, in which the arrows go from one thing to the next. The table tells the same. */
export function Timeline(props: TimelineProps) {
  const { axis, lanes, items, unwatched, selected, onSelect, children } = props
  const id = useId()
  const index = items.findIndex((item) => item.id === selected)
  const at = items[index]
  const picture = <Lanes axis={axis} lanes={lanes} items={items} unwatched={unwatched} selected={at} />
  return (
    <figure className="mb-6">
      {at ? (
        <div
          role="slider"
          tabIndex={0}
          aria-label="Changes in time"
          aria-describedby={id}
          aria-valuemin={1}
          aria-valuemax={items.length}
          aria-valuenow={index + 1}
          aria-valuetext={`${index + 1} of ${items.length}: ${lineOf(at)}`}
          className={cx(frame, 'cursor-pointer')}
          onKeyDown={(event) => onKey(event, props, index)}
          onClick={(event) => {
            const nearest = nearestTo(event, axis, lanes, items)
            if (nearest) onSelect(nearest.id)
          }}
        >
          {picture}
        </div>
      ) : (
        <div className={frame}>{picture}</div>
      )}
      <figcaption id={id} className="mt-2 text-13 text-fg-3">
        {children}
      </figcaption>
      {at && <p className="mt-1 min-h-5 text-13 [overflow-wrap:anywhere]">{lineOf(at)}</p>}
    </figure>
  )
}

const frame = 'rounded-m border border-line bg-surface px-4 py-2'

function onKey(event: KeyboardEvent, { items, onSelect, onOpen }: TimelineProps, index: number): void {
  const current = items[index]
  const move = sliderKeys[event.key]
  if (event.key === 'Enter' && current) onOpen(current.id)
  else if (move) {
    const next = items[Math.min(items.length - 1, Math.max(0, move(index, items.length - 1)))]
    if (next) onSelect(next.id)
  } else return
  event.preventDefault()
}

/** What is nearest to where somebody pressed. */
function nearestTo(
  event: MouseEvent<HTMLElement>,
  axis: Axis,
  lanes: readonly Lane[],
  items: readonly LaneItem[],
): LaneItem | undefined {
  const box = event.currentTarget.querySelector('svg')?.getBoundingClientRect()
  if (!box) return undefined
  const distance = ({ at, lane }: LaneItem) => {
    const x = (placeOf(at, axis) / 100) * box.width
    return Math.hypot(event.clientX - box.left - x, event.clientY - box.top - lineOfLane(lanes.indexOf(lane)))
  }
  return items.toSorted((a, b) => distance(a) - distance(b))[0]
}
