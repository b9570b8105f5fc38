import { cx } from '../lib/cx.ts'
import { Skeleton } from './skeleton-bar.tsx'

/** Rows of the real height, so that nothing jumps when the data comes. */
export function SkeletonRows({ rows = 8, label, isTwoLine }: { rows?: number; label: string; isTwoLine?: boolean }) {
  return (
    <div role="status" aria-label={label} className="appear-late border-t border-line">
      {Array.from({ length: rows }, (_, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity
          key={i}
          aria-hidden
          className={cx('flex items-center gap-6 border-b border-line px-cell', isTwoLine ? 'h-13' : 'h-row')}
        >
          <Skeleton className="w-20" />
          <Skeleton className="max-w-40 flex-1" />
          <Skeleton className="ml-auto w-16 sm:w-24" />
        </div>
      ))}
    </div>
  )
}
