import type { TrafficSample } from '@tunnel-console/shared/status-answers'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Axis } from '../../../lib/axis.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { useNow } from '../../../ui/time-ago.tsx'
import { columnsOf, pointWords, rateTicks, type TrafficColumns, trafficWords } from './traffic.ts'

interface TrafficChartProps {
  axis: Axis
  samples: readonly TrafficSample[]
  /** Room at the left for the figures, in pixels: the timeline above has the same. */
  gutter: number
}

/** What went in and out, on the time axis of the states. Loaded with the first page that draws one. */
export function TrafficChart({ axis, samples, gutter }: TrafficChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const isUtc = useStore(timesInUtc)
  const now = useNow()
  const [under, setUnder] = useState<TrafficSample | null>(null)
  const { start, end } = axis
  // A canvas lives outside React.
  useEffect(() => {
    if (!box.current) return
    return draw(box.current, { columns: columnsOf(samples), axis: { start, end }, gutter, isUtc, onPoint: setUnder })
  }, [samples, start, end, gutter, isUtc])
  const words = trafficWords(samples, now)
  return (
    <div>
      <p className="mb-1 flex flex-wrap gap-x-4 pl-18 text-12 text-fg-2">
        <span className="inline-flex items-center gap-1.5">
          <Sample /> In, from the site
        </span>
        <span className="inline-flex items-center gap-1.5">
          <Sample isDashed /> Out, to the site
        </span>
      </p>
      <div ref={box} role="img" aria-label={`Traffic. ${words}`} className="min-w-0 overflow-hidden" />
      <p className="mt-1 min-h-5 text-13">{under ? pointWords(under, samples) : words}</p>
    </div>
  )
}

function Sample({ isDashed = false }: { isDashed?: boolean }) {
  return (
    <svg aria-hidden="true" width="22" height="8">
      <line
        x2="22"
        y1="4"
        y2="4"
        strokeWidth="2"
        strokeDasharray={isDashed ? '4 3' : undefined}
        className={isDashed ? 'stroke-accent' : 'stroke-fg'}
      />
    </svg>
  )
}

interface Drawing {
  columns: TrafficColumns
  axis: Axis
  gutter: number
  isUtc: boolean
  onPoint: (sample: TrafficSample | null) => void
}

const height = 140

/** Draws into the box and follows its width and the theme. The answer takes it away again. */
function draw(box: HTMLElement, drawing: Drawing): () => void {
  const plot = new uPlot(optionsOf(box.clientWidth, drawing), drawing.columns, box)
  const sized = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height }))
  const themed = new MutationObserver(() => plot.redraw())
  sized.observe(box)
  themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    sized.disconnect()
    themed.disconnect()
    plot.destroy()
  }
}

/** Asked at each drawing: the theme may have changed. */
const token = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(name)

function optionsOf(width: number, { columns, axis, gutter, isUtc, onPoint }: Drawing): uPlot.Options {
  const lines = { stroke: token('--text-3'), grid: { stroke: token('--line'), width: 1 }, ticks: { show: false } }
  return {
    width,
    height,
    padding: [6, 0, 8, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    ...(isUtc && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') }),
    scales: {
      x: { time: true, range: [axis.start / 1000, axis.end / 1000] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] },
    },
    axes: [
      { ...lines, grid: { show: false }, show: false },
      { ...lines, size: gutter, gap: 6, space: 32, values: (_, splits) => rateTicks(splits) },
    ],
    series: [
      {},
      { label: 'In', stroke: token('--text'), width: 1.5, points: { show: false } },
      { label: 'Out', stroke: token('--accent'), width: 1.5, dash: [4, 3], points: { show: false } },
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(sampleAt(columns, cursor.idx))] },
  }
}

function sampleAt([at, inward, outward]: TrafficColumns, index: number | null | undefined): TrafficSample | null {
  if (index === null || index === undefined) return null
  const [moment, inBitRate, outBitRate] = [at[index], inward[index], outward[index]]
  if (moment === undefined || typeof inBitRate !== 'number' || typeof outBitRate !== 'number') return null
  return { at: new Date(moment * 1000).toISOString(), inBitRate, outBitRate }
}
