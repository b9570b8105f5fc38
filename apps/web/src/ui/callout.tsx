import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import type { Tone } from './tone.ts'

const bars: Record<Tone, string> = {
  up: 'border-l-up-fill',
  degraded: 'border-l-degraded-fill',
  down: 'border-l-down-fill',
  establishing: 'border-l-establishing-fill',
  unknown: 'border-l-unknown-fill',
}

/** Text set apart by a bar at its left: a verdict, an explanation, a next step. */
export function Callout({
  tone = 'unknown',
  title,
  children,
}: {
  tone?: Tone
  title?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={cx('rounded-m border border-l-4 border-line bg-surface px-4 py-3', bars[tone])}>
      {title && <p className="mb-1 text-14 font-semibold">{title}</p>}
      <div className="max-w-[72ch] text-14 text-fg-2">{children}</div>
    </section>
  )
}
