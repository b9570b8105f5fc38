import { cx } from '../lib/cx.ts'

/** A grey bar in the place of text that loads. Appears after 150 ms; hidden from screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('appear-late block h-4 rounded-s bg-sunken', className ?? 'w-32')} />
}
