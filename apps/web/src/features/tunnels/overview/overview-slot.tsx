import { lazyPart } from '../../../ui/lazy-part.tsx'
import type { OverviewProps } from './overview.tsx'

// The rows say the same, one by one.
const Overview = lazyPart(async () => (await import('../list-rest.tsx')).Overview, { Missing: () => null })

/** The overview above the list. Its code comes after the rows, and its place is kept: nothing moves when it is there. */
export function OverviewSlot(props: OverviewProps) {
  return (
    <div className="mb-3 min-h-8">
      <Overview {...props} />
    </div>
  )
}
