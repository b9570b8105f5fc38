import { stateRank, type TunnelState } from '@tunnel-console/shared/status'
import type { ChangeMark } from '@tunnel-console/shared/status-answers'
import { useId } from 'react'
import { type Axis, placeOf, ticksOf } from '../../../lib/axis.ts'
import { nearTime, shortTime } from '../../../lib/format.ts'
import { useIsNarrow } from '../../../lib/use-media.ts'
import { stateLook } from '../../../ui/state-look.ts'
import { type Tone, toneShape } from '../../../ui/tone.ts'
import { UnknownHatch } from '../../../ui/unknown-hatch.tsx'
import { letterOf, type Segment } from './segments.ts'

/** State is also height, so that it shows in greyscale; what nobody measured is hatched as well. In percent. */
const heights: Record<TunnelState, number> = {
  up: 40,
  degraded: 70,
  recovering: 70,
  down: 100,
  'needs-key': 55,
  establishing: 55,
  unknown: 40,
  'not-monitored': 40,
}

const barsTop = 20
const barsHeight = 48
const bottom = barsTop + barsHeight
const height = bottom + 22

interface StateBarsProps {
  axis: Axis
  segments: readonly Segment[]
  changes: readonly ChangeMark[]
  selected: Segment | undefined
}

/** The picture alone, for eyes: who cannot see it has the words beside it and the table. */
export function StateBars({ axis, segments, changes, selected }: StateBarsProps) {
  const hatch = useId()
  // Drawn last, the worst is seen where several share a pixel.
  const worstLast = segments.toSorted((a, b) => stateRank(b.state) - stateRank(a.state))
  return (
    <svg aria-hidden="true" width="100%" height={height} className="block overflow-visible states-told-apart">
      <UnknownHatch id={hatch} />
      {worstLast.map((segment) => (
        <Bar key={segment.start} axis={axis} segment={segment} hatch={hatch} />
      ))}
      <line x2="100%" y1={bottom} y2={bottom} className="stroke-control-line" />
      {changes.map((change, index) => (
        <Mark key={change.auditId} axis={axis} change={change} letter={letterOf(index)} />
      ))}
      {selected && <Selected axis={axis} segment={selected} />}
      <Ticks axis={axis} />
    </svg>
  )
}

function extentOf({ start, end }: Segment, axis: Axis) {
  const x = placeOf(start, axis)
  return { x: `${x}%`, width: `${placeOf(end, axis) - x}%` }
}

function Bar({ axis, segment, hatch }: { axis: Axis; segment: Segment; hatch: string }) {
  const { tone } = stateLook(segment.state)
  const tall = (heights[segment.state] / 100) * barsHeight
  const place = { ...extentOf(segment, axis), y: bottom - tall, height: tall }
  if (tone === 'unknown') return <rect {...place} fill={`url(#${hatch})`} className="stroke-unknown-fill" />
  // A stroke of its own colour keeps a minute visible among 90 days.
  return <rect {...place} strokeWidth={1} className={`${toneShape[tone]} stroke-current ${strokes[tone]}`} />
}

const strokes: Record<Tone, string> = {
  up: 'text-up-fill',
  degraded: 'text-degraded-fill',
  down: 'text-down-fill',
  establishing: 'text-establishing-fill',
  unknown: 'text-unknown-fill',
}

function Mark({ axis, change, letter }: { axis: Axis; change: ChangeMark; letter: string }) {
  const x = `${placeOf(Date.parse(change.at), axis)}%`
  return (
    <>
      <line x1={x} x2={x} y1={14} y2={bottom} strokeWidth={1.5} className="stroke-fg" />
      <text x={x} y={11} textAnchor="middle" className="fill-fg text-12 font-medium">
        {letter}
      </text>
    </>
  )
}

function Selected({ axis, segment }: { axis: Axis; segment: Segment }) {
  return (
    <rect
      {...extentOf(segment, axis)}
      y={bottom + 2}
      height={4}
      rx={2}
      strokeWidth={2}
      className="fill-accent stroke-accent"
    />
  )
}

const dayMs = 24 * 3_600_000

function Ticks({ axis }: { axis: Axis }) {
  const isDay = axis.end - axis.start <= dayMs
  const narrowParts = isDay ? 2 : 1
  const parts = useIsNarrow() ? narrowParts : 4
  const anchor = (index: number) => (index === 0 ? 'start' : index === parts ? 'end' : 'middle')
  return ticksOf(axis, parts).map((at, index) => (
    <text
      key={at}
      x={`${(index / parts) * 100}%`}
      y={height - 2}
      textAnchor={anchor(index)}
      className="nums fill-fg-3 text-12"
    >
      {index === parts ? 'now' : isDay ? shortTime(new Date(at), new Date(at)) : nearTime(new Date(at))}
    </text>
  ))
}
