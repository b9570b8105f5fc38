import type { ReactNode } from 'react'
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

/** A page with a form before it is there: its heading, the list of its sections, and fields one below the other. */
export function FormSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="appear-late">
      <div aria-hidden className="mb-6 flex flex-col gap-2">
        <Skeleton className="w-32" />
        <Skeleton className="h-7! w-56" />
      </div>
      <div aria-hidden className="grid gap-x-12 lg:grid-cols-[13rem_minmax(0,var(--form-width))]">
        <div className="hidden flex-col gap-4 lg:flex">
          {bars(7, (key) => (
            <Skeleton key={key} className="w-28" />
          ))}
        </div>
        <div className="flex max-w-form min-w-0 flex-col gap-6">
          {bars(6, (key) => (
            <span key={key} className="flex flex-col gap-2">
              <Skeleton className="w-28" />
              <Skeleton className="h-control! w-full" />
              <Skeleton className="h-3! w-64" />
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}

const bars = (number: number, draw: (key: number) => ReactNode) => Array.from({ length: number }, (_, key) => draw(key))
