import type { ReactNode } from 'react'
import { Skeleton } from './skeleton-bar.tsx'

/** A page with a form before it is there: its heading, the list of its sections, and fields one below the other. */
export function FormSkeleton() {
  return (
    <div role="status" aria-label="Loading the form" className="appear-late">
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
