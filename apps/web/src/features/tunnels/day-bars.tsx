import { dayStates, dayWords } from '@tunnel-console/shared/day'
import type { TunnelState } from '@tunnel-console/shared/status'
import { memo } from 'react'
import { stateLook } from '../../ui/state-look.ts'
import { toneShape } from '../../ui/tone.ts'

/** State is height as well as colour, so that it shows in greyscale. In pixels; what nobody measured is a stub. */
const heights: Record<TunnelState, number> = {
  up: 8,
  degraded: 14,
  recovering: 14,
  down: 20,
  'needs-key': 11,
  establishing: 11,
  unknown: 3,
  'not-monitored': 3,
}

/** The last 24 hours, a bar an hour, oldest first. What looks alike is one shape: the list has many of them. */
export const DayBars = memo(function DayBars({ day }: { day: string }) {
  const words = dayWords(day)
  const shapes = Map.groupBy(dayStates(day).entries(), ([, state]) => toneShape[stateLook(state).tone])
  return (
    <svg role="img" width={96} height={20} className="block forced-color-adjust-none">
      <title>{words}</title>
      {[...shapes].map(([fill, bars]) => (
        <path key={fill} d={bars.map(([hour, state]) => barAt(hour, heights[state])).join('')} className={fill} />
      ))}
    </svg>
  )
})

/** Three pixels wide, on the ground of the drawing. */
const barAt = (hour: number, height: number) => `M${hour * 4} ${20 - height}h3v${height}h-3z`
