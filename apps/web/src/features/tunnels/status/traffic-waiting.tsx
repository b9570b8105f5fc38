import { Skeleton } from '../../../ui/skeleton-bar.tsx'
import { ReadingLine } from './reading-line.tsx'

/** In the place of the chart while the code that draws it is fetched. */
export function TrafficWaiting() {
  return (
    <div>
      <ReadingLine
        words="Fetching the picture of the traffic…"
        lateWords="It takes long. The states above are complete without it."
      />
      <Skeleton className="h-35 w-full" />
    </div>
  )
}
