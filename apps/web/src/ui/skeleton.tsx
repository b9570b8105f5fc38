import { cx } from '../lib/cx.ts'

/** A grey bar in the place of text that loads. Appears after 150 ms; hidden from screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('appear-late block h-4 rounded-s bg-sunken', className ?? 'w-32')} />
}

/** Rows of the real height, so that nothing jumps when the data comes. */
export function SkeletonRows({ rows = 8, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="appear-late border-t border-line">
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity
        <div key={i} aria-hidden className="flex h-row items-center gap-6 border-b border-line px-cell">
          <Skeleton className="w-20" />
          <Skeleton className="max-w-40 flex-1" />
          <Skeleton className="ml-auto w-16 sm:w-24" />
        </div>
      ))}
    </div>
  )
}
