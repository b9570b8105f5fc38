import { memo, type ReactNode } from 'react'
import { cx } from '../lib/cx.ts'

export type Shape =
  | 'circle'
  | 'triangle-alert'
  | 'square-cross'
  | 'triangle-tick'
  | 'half-ring'
  | 'key'
  | 'dashed-ring'
  | 'diamond'

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 }
const cut = {
  fill: 'none',
  stroke: 'var(--shape-cut, var(--surface))',
  strokeWidth: 1.4,
  strokeLinecap: 'round',
} as const
const triangle = 'M6 .9 11.6 10.7a.5.5 0 0 1-.43.75H.83a.5.5 0 0 1-.43-.75z'

const drawings: Record<Shape, ReactNode> = {
  circle: <circle cx="6" cy="6" r="5.25" fill="currentColor" />,
  'triangle-alert': (
    <>
      <path d={triangle} fill="currentColor" />
      <path d="M6 4.6v2.8M6 9.300v.1" {...cut} />
    </>
  ),
  'square-cross': (
    <>
      <rect x=".75" y=".75" width="10.5" height="10.5" rx="1" fill="currentColor" />
      <path d="m3.9 3.9 4.2 4.2m0-4.2-4.2 4.2" {...cut} />
    </>
  ),
  'triangle-tick': (
    <>
      <path d={triangle} fill="currentColor" />
      <path d="M6 9.6V5.400M4.3 7 6 5.3 7.7 7" {...cut} strokeWidth={1.2} />
    </>
  ),
  'half-ring': (
    <>
      <circle cx="6" cy="6" r="4.75" {...stroke} />
      <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" />
    </>
  ),
  key: (
    <>
      <circle cx="3.7" cy="8.3" r="2.7" {...stroke} />
      <path d="M5.7 6.3 11 1M8.2 3.8l2 2" {...stroke} strokeLinecap="round" />
    </>
  ),
  'dashed-ring': <circle cx="6" cy="6" r="4.75" {...stroke} strokeDasharray="2.3 1.43" />,
  diamond: <path d="M6 1.1 10.9 6 6 10.9 1.1 6z" {...stroke} strokeLinejoin="round" />,
}

interface StateShapeProps {
  shape: Shape
  size?: number
  /** Its colour, such as `toneFill` has it. */
  className?: string | undefined
}

/** The shape of a state: it carries the meaning in greyscale and in forced colours. The word stands beside it. */
export const StateShape = memo(function StateShape({ shape, size = 12, className }: StateShapeProps) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      className={cx('shrink-0 forced-color-adjust-auto', className)}
    >
      {drawings[shape]}
    </svg>
  )
})
