import { Skeleton } from '../../ui/skeleton-bar.tsx'

/** The list before it is there: filter, counters and rows of two lines, each where it will be. */
export function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading tunnels" className="appear-late">
      <div aria-hidden className="mb-3 flex flex-wrap gap-x-4 gap-y-3">
        <Skeleton className="h-control! w-full md:w-80" />
        <span className="flex gap-2">
          {['w-20', 'w-28', 'w-16'].map((width) => (
            <Skeleton key={width} className={`h-control! ${width}`} />
          ))}
        </span>
      </div>
      <div aria-hidden className="flex min-h-8 items-center pb-2 pointer-coarse:min-h-11">
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

/** A tunnel before it is there: tabs, verdict, and two panels side by side. */
export function TunnelSkeleton() {
  return (
    <div role="status" aria-label="Loading tunnel" className="appear-late">
      <div aria-hidden className="mb-5 flex h-11 items-center gap-6 border-b border-line">
        {['w-14', 'w-24', 'w-16'].map((width) => (
          <Skeleton key={width} className={width} />
        ))}
      </div>
      <Skeleton className="mb-8 h-20! w-full" />
      <div aria-hidden className="grid grid-cols-1 gap-8 lg:grid-cols-2 lg:gap-12">
        {['Health checks', 'BGP'].map((panel) => (
          <div key={panel} className="flex flex-col gap-4">
            <Skeleton className="h-6! w-32" />
            <Skeleton className="w-full" />
            <Skeleton className="w-3/4" />
            <Skeleton className="w-5/6" />
          </div>
        ))}
      </div>
    </div>
  )
}
