import { memo, useDeferredValue } from 'react'
import { cx } from '../../../lib/cx.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { loadSites } from '../sites.ts'
import type { OverviewProps } from './overview.tsx'

// The rows say the same, one by one.
const Overview = lazyPart(async () => (await import('../list-rest.tsx')).Overview, { Missing: () => null })

/** Brings the code of what the list shows beside its rows, while the rows themselves are on their way. */
export function preloadListRest(): void {
  loadSites()
  void Overview.preload()
}

/** The overview above the list. The rows do not wait for its code, and its place is kept: nothing moves when it is there. */
export const OverviewSlot = memo(function OverviewSlot(given: OverviewProps) {
  // Ten thousand are looked through for it, which neither a key nor the rows wait for.
  const props = { ...given, rows: useDeferredValue(given.rows, none) }
  const hasTrouble =
    !given.isOld && given.rows.some(({ status: { state } }) => state === 'down' || state === 'degraded')
  return <div className={placeOf(hasTrouble)}>{props.rows.length > 0 && <Overview {...props} />}</div>
})

const none: OverviewProps['rows'] = []

/** As high as what comes there, whose words take more lines where there is trouble. */
export const placeOf = (hasTrouble: boolean): string =>
  cx('mb-3 min-h-8', hasTrouble && 'max-md:min-h-14 max-[30rem]:min-h-25')
