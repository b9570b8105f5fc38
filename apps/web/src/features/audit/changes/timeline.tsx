import { type KeyboardEvent, type MouseEvent, useId } from 'react'
import { type Axis, placeOf, ticksOf } from '../../../lib/axis.ts'
import { cx } from '../../../lib/cx.ts'
import { clockTime, count, nearTime } from '../../../lib/format.ts'
import { sliderKeys } from '../../../lib/slider-keys.ts'
import { useIsNarrow } from '../../../lib/use-media.ts'
import type { Lane, LaneEntry } from './lanes.ts'
import { lineOf } from './words.ts'

interface TimelineProps {
  axis: Axis
  /** The oldest first. */
  changes: readonly LaneEntry[]
  /** The id of the entry that is told of. */
  selected: string | undefined
  onSelect: (id: string) => void
  /** The person wants to see the selected one in the table. */
  onOpen: (id: string) => void
}

/** Three lanes on one time axis: one tab stop, in which the arrows go from change to change. The table tells the same. */
export function Timeline({ axis, changes, selected, onSelect, onOpen }: TimelineProps) {
  const id = useId()
  const number = (lane: Lane) => changes.filter((change) => change.lane === lane).length
  const index = changes.findIndex(({ entry }) => entry.id === selected)
  const at = changes[index]
  const lanes = <Lanes axis={axis} changes={changes} selected={at} />
  return (
    <figure className="mb-6">
      {at ? (
        <div
          role="slider"
          tabIndex={0}
          aria-label="Changes in time"
          aria-describedby={id}
          aria-valuemin={1}
          aria-valuemax={changes.length}
          aria-valuenow={index + 1}
          aria-valuetext={`${index + 1} of ${changes.length}: ${lineOf(at.entry)}`}
          className={cx(frame, 'cursor-pointer')}
          onKeyDown={(event) => onKey(event, changes, index, onSelect, onOpen)}
          onClick={(event) => {
            const nearest = nearestTo(event, axis, changes)
            if (nearest) onSelect(nearest.entry.id)
          }}
        >
          {lanes}
        </div>
      ) : (
        <div className={frame}>{lanes}</div>
      )}
      <figcaption id={id} className="mt-2 text-13 text-fg-3">
        {count(number('ours'), 'change')} here, {count(number('outside'), 'change')} outside this console.
        {changes.length > 0 && ' The table tells the same.'}
      </figcaption>
      {at && <p className="mt-1 min-h-5 text-13 [overflow-wrap:anywhere]">{lineOf(at.entry)}</p>}
    </figure>
  )
}

const frame = 'rounded-m border border-line bg-surface px-4 py-2'

function onKey(
  event: KeyboardEvent,
  changes: readonly LaneEntry[],
  index: number,
  onSelect: TimelineProps['onSelect'],
  onOpen: TimelineProps['onOpen'],
): void {
  const current = changes[index]
  const move = sliderKeys[event.key]
  if (event.key === 'Enter' && current) onOpen(current.entry.id)
  else if (move) {
    const next = changes[Math.min(changes.length - 1, Math.max(0, move(index, changes.length - 1)))]
    if (next) onSelect(next.entry.id)
  } else return
  event.preventDefault()
}

const laneHeight = 46
const laneNames = ['Status', 'Changes here', 'Changes outside this console'] as const
const laneIndex: Record<Lane, number> = { ours: 1, outside: 2 }
const lineOfLane = (index: number) => index * laneHeight + 32
const height = laneHeight * laneNames.length + 26

/** The change nearest to where somebody pressed. */
function nearestTo(event: MouseEvent<HTMLElement>, axis: Axis, changes: readonly LaneEntry[]): LaneEntry | undefined {
  const box = event.currentTarget.querySelector('svg')?.getBoundingClientRect()
  if (!box) return undefined
  const distance = ({ entry, lane }: LaneEntry) => {
    const x = (placeOf(Date.parse(entry.at), axis) / 100) * box.width
    return Math.hypot(event.clientX - box.left - x, event.clientY - box.top - lineOfLane(laneIndex[lane]))
  }
  return changes.toSorted((a, b) => distance(a) - distance(b))[0]
}

interface LanesProps {
  axis: Axis
  changes: readonly LaneEntry[]
  selected: LaneEntry | undefined
}

function Lanes({ axis, changes, selected }: LanesProps) {
  const place = ({ entry }: LaneEntry) => `${placeOf(Date.parse(entry.at), axis)}%`
  return (
    <svg aria-hidden="true" width="100%" height={height} className="block overflow-visible">
      {laneNames.map((name, index) => (
        <g key={name}>
          <text x="0" y={index * laneHeight + 14} className="fill-fg-2 text-12">
            {name}
          </text>
          <line
            x1="0"
            x2="100%"
            y1={lineOfLane(index)}
            y2={lineOfLane(index)}
            strokeDasharray={index === 0 ? '3 4' : undefined}
            className="stroke-control-line"
          />
        </g>
      ))}
      <text x="100%" y="14" textAnchor="end" className="fill-fg-3 text-12">
        On the page of each tunnel
      </text>
      {selected && (
        <line x1={place(selected)} x2={place(selected)} y1="20" y2={height - 22} className="stroke-accent" />
      )}
      {changes.map((change) => (
        <svg
          aria-hidden="true"
          key={change.entry.id}
          x={place(change)}
          y={lineOfLane(laneIndex[change.lane])}
          className="overflow-visible"
        >
          <Mark lane={change.lane} isSelected={change === selected} />
        </svg>
      ))}
      <Ticks axis={axis} />
    </svg>
  )
}

/** A disc for what was done here, a diamond for what was done elsewhere. */
function Mark({ lane, isSelected }: { lane: Lane; isSelected: boolean }) {
  const look = cx('stroke-surface', lane === 'ours' ? 'fill-accent' : 'fill-degraded-fill')
  const size = isSelected ? 8 : 5.5
  return lane === 'ours' ? (
    <circle r={size} strokeWidth={1.5} className={look} />
  ) : (
    <path d={`M0 ${-size - 1}L${size + 1} 0L0 ${size + 1}L${-size - 1} 0Z`} strokeWidth={1.5} className={look} />
  )
}

const dayMs = 24 * 3600_000

function Ticks({ axis }: { axis: Axis }) {
  const parts = useIsNarrow() ? 2 : 4
  const isShort = axis.end - axis.start <= dayMs / 2
  const anchor = (index: number) => (index === 0 ? 'start' : index === parts ? 'end' : 'middle')
  return ticksOf(axis, parts).map((at, index) => (
    <text
      key={at}
      x={`${(index / parts) * 100}%`}
      y={height - 4}
      textAnchor={anchor(index)}
      className="nums fill-fg-3 text-12"
    >
      {isShort ? clockTime(new Date(at)) : nearTime(new Date(at))}
    </text>
  ))
}
