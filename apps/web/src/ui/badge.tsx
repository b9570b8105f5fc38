import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { type Tone, toneBox } from './tone.ts'

/** A small label. Without a tone it is an outline, for roles, "default", "derived". */
export function Badge({ children, tone, title }: { children: ReactNode; tone?: Tone; title?: string }) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex items-center gap-1 rounded-s px-1.5 text-12 font-medium whitespace-nowrap',
        tone ? toneBox[tone] : 'border border-line text-fg-2',
      )}
    >
      {children}
    </span>
  )
}
