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
    <span
      className={cx(
        'inline-flex items-center gap-x-1.5 whitespace-nowrap',
        // In a column that is too narrow for both, what goes with the word stands below it.
        !isTint && 'flex-wrap',
        isTint && 'rounded-s px-2 py-0.5 text-13 font-medium ',
        isTint && toneBox[tone],
      )}
    >
      <span className={cx('inline-flex', !isTint && toneFill[tone])}>
        <StateShape shape={shape} />
      </span>
      <span className={isTint ? undefined : 'font-medium'}>{word}</span>
      {detail && <span className={isTint ? 'font-normal opacity-90' : 'text-fg-3'}>{detail}</span>}
    </span>
  )
}
