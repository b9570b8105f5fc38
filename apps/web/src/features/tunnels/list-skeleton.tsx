import { Skeleton } from '../../ui/skeleton-bar.tsx'

/** The list before it is there: overview, filter, counters and rows of two lines, each where it will be, as in `index.html`. */
export function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading tunnels" className="appear-late">
      <div className="mb-3 h-8" />
      <div aria-hidden className="mb-3 flex flex-wrap gap-x-4 gap-y-3">
        <Skeleton className="h-control! w-full md:w-80" />
        <span className="flex gap-2">
          {['w-20', 'w-28', 'w-16'].map((width) => (
            <Skeleton key={width} className={`h-control! ${width}`} />
          ))}
        </span>
      </div>
      <div aria-hidden className="list-head-place">
        <Skeleton className="w-20" />
      </div>
      <div aria-hidden className="border-y border-line bg-surface">
        <div className="hidden h-row-head border-b border-line md:block" />
        {Array.from({ length: 10 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity
          <div key={i} className="flex h-row-two-line items-center gap-6 border-b border-line px-cell last:border-b-0">
            <Skeleton className="w-24 md:w-48" />
            <span className="flex w-40 flex-col gap-1.5 md:w-64">
              <Skeleton className="w-28" />
              <Skeleton className="h-3! w-40" />
            </span>
            <Skeleton className="ml-auto hidden w-32 md:block" />
            <Skeleton className="hidden w-32 lg:block" />
          </div>
        ))}
      </div>
    </div>
  )
}
