import { Skeleton } from '../../ui/skeleton-bar.tsx'

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
