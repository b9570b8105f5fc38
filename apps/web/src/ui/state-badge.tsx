import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { type Shape, StateShape } from './state-shape.tsx'
import { type Tone, toneBox, toneFill } from './tone.ts'

interface StateBadgeProps {
  tone: Tone
  shape: Shape
  /** The word of the state. Shape and word always go together. */
  word: string
  /** Such as "for 3 h". */
  detail?: ReactNode
  /** `plain` has no tint, for tables: 40 tinted rows would be louder than the one that is down. */
  look?: 'tint' | 'plain'
}

export function StateBadge({ tone, shape, word, detail, look = 'tint' }: StateBadgeProps) {
  const isTint = look === 'tint'
  return (
    <span className={isTint ? cx('rounded-s px-2 py-0.5 text-13', boxClass, toneBox[tone]) : plainClass}>
      <StateShape shape={shape} className={isTint ? undefined : toneFill[tone]} />
      {word}
      {detail && <span className={isTint ? 'font-normal opacity-90' : 'font-normal text-fg-3'}>{detail}</span>}
    </span>
  )
}

const boxClass = 'inline-flex items-center gap-x-1.5 font-medium whitespace-nowrap'
// In a column that is too narrow for both, what goes with the word stands below it. The shape stays at the word's first line.
const plainClass = 'shape-beside inline-flex flex-wrap gap-x-1.5 font-medium'
