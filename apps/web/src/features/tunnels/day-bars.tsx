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

/** The last 24 hours, a bar an hour, oldest first. */
export const DayBars = memo(function DayBars({ day }: { day: string }) {
  const words = dayWords(day)
  return (
    <svg role="img" aria-label={words} width={96} height={20} className="block forced-color-adjust-none">
      <title>{words}</title>
      {dayStates(day).map((state, hour) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
          key={hour}
          x={hour * 4}
          y={20 - heights[state]}
          width={3}
          height={heights[state]}
          className={toneShape[stateLook(state).tone]}
        />
      ))}
    </svg>
  )
})
