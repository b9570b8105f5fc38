import { tunnelsIn } from '@tunnel-console/shared/state-folds'
import { stateRank } from '@tunnel-console/shared/status'
import { useId } from 'react'
import { type Axis, placeOf, ticksOf } from '../../../lib/axis.ts'
import { cx } from '../../../lib/cx.ts'
import { clockTime } from '../../../lib/exact-times.ts'
import { formatNumber, nearTime } from '../../../lib/format.ts'
import { useIsNarrow } from '../../../lib/use-media.ts'
import { stateLook } from '../../../ui/state-look.ts'
import { StateShape } from '../../../ui/state-shape.tsx'
import { toneFill } from '../../../ui/tone.ts'
import { UnknownHatch } from '../../../ui/unknown-hatch.tsx'
import type { Lane, LaneFold, LaneItem } from './lanes.ts'

const laneHeight = 46
const laneNames: Record<Lane, string> = {
  status: 'Status',
  ours: 'Changes here',
  outside: 'Changes outside this console',
}
/** Where the line of a lane lies, in pixels from the top of the picture. */
export const lineOfLane = (index: number) => index * laneHeight + 32

interface LanesProps {
  axis: Axis
  lanes: readonly Lane[]
  /** The oldest first. */
  items: readonly LaneItem[]
  unwatched: readonly Axis[]
  selected: LaneItem | undefined
}

/** The picture alone, for eyes. */
export function Lanes({ axis, lanes, items, unwatched, selected }: LanesProps) {
  const place = ({ at }: LaneItem) => `${placeOf(at, axis)}%`
  const height = laneHeight * lanes.length + 26
  return (
    <svg aria-hidden="true" width="100%" height={height} className="block overflow-visible states-told-apart">
      {lanes.map((lane, index) => (
        <g key={lane}>
          <text x="0" y={index * laneHeight + 14} className="fill-fg-2 text-12">
            {laneNames[lane]}
          </text>
          {lane === 'status' && <Unwatched axis={axis} spans={unwatched} line={lineOfLane(index)} />}
          <line x1="0" x2="100%" y1={lineOfLane(index)} y2={lineOfLane(index)} className="stroke-control-line" />
        </g>
      ))}
      {selected && (
        <line x1={place(selected)} x2={place(selected)} y1="20" y2={height - 22} className="stroke-accent" />
      )}
      {drawnOf(items, axis, selected).map((item) => (
        <svg
          aria-hidden="true"
          key={item.id}
          x={place(item)}
          y={lineOfLane(lanes.indexOf(item.lane))}
          className="overflow-visible"
        >
          {item.lane === 'status' ? (
            <StateMark item={item} isSelected={item === selected} isAtEnd={placeOf(item.at, axis) > 97} />
          ) : (
            <Mark lane={item.lane} isSelected={item === selected} />
          )}
        </svg>
      ))}
      <Ticks axis={axis} y={height - 4} />
    </svg>
  )
}

/** Of what would lie on one another only the worst is drawn, and last; the words and the table tell all. */
function drawnOf(items: readonly LaneItem[], axis: Axis, selected: LaneItem | undefined): LaneItem[] {
  const weight = (item: LaneItem) => (item.lane === 'status' ? tunnelsIn(item.fold) * 10 - stateRank(item.fold.to) : 0)
  const lightestFirst = items.toSorted((a, b) => weight(a) - weight(b))
  const places = new Map(lightestFirst.map((item) => [`${item.lane} ${Math.round(placeOf(item.at, axis) * 2)}`, item]))
  const drawn = new Set(places.values())
  if (selected) drawn.delete(selected)
  return selected ? [...drawn, selected] : [...drawn]
}

function Unwatched({ axis, spans, line }: { axis: Axis; spans: readonly Axis[]; line: number }) {
  const hatch = useId()
  return (
    <>
      <UnknownHatch id={hatch} />
      {spans.map(({ start, end }) => {
        const x = placeOf(start, axis)
        const place = { x: `${x}%`, width: `${placeOf(end, axis) - x}%`, y: line - 7, height: 14 }
        return <rect key={start} {...place} fill={`url(#${hatch})`} className="stroke-unknown-fill" />
      })}
    </>
  )
}

/** The shape of the state, and above it how many tunnels came to it. */
function StateMark({ item: { fold }, isSelected, isAtEnd }: { item: LaneFold; isSelected: boolean; isAtEnd: boolean }) {
  const { tone, shape } = stateLook(fold.to)
  const size = isSelected ? 18 : 14
  return (
    <>
      <rect x={-size / 2 - 1} y={-size / 2 - 1} width={size + 2} height={size + 2} className="fill-surface" />
      <svg aria-hidden="true" x={-size / 2} y={-size / 2} className={cx('overflow-visible', toneFill[tone])}>
        <StateShape shape={shape} size={size} />
      </svg>
      {fold.changes.length > 1 && (
        <text
          x={isAtEnd ? size / 2 : 0}
          y={-size / 2 - 3}
          textAnchor={isAtEnd ? 'end' : 'middle'}
          strokeWidth={3}
          paintOrder="stroke"
          className="nums fill-fg stroke-surface text-12 font-medium"
        >
          {fold.flapsSince === null ? formatNumber(tunnelsIn(fold)) : `×${formatNumber(fold.changes.length)}`}
        </text>
      )}
    </>
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

function Ticks({ axis, y }: { axis: Axis; y: number }) {
  const parts = useIsNarrow() ? 2 : 4
  const isShort = axis.end - axis.start <= dayMs / 2
  const anchor = (index: number) => (index === 0 ? 'start' : index === parts ? 'end' : 'middle')
  return ticksOf(axis, parts).map((at, index) => (
    <text key={at} x={`${(index / parts) * 100}%`} y={y} textAnchor={anchor(index)} className="nums fill-fg-3 text-12">
      {isShort ? clockTime(new Date(at)) : nearTime(new Date(at))}
    </text>
  ))
}
