import { useEffect } from 'react'
import { useSession } from '../../data/session.ts'
import { forgetView } from '../../lib/view-as.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { PartMissing } from '../../ui/part-missing.tsx'

const ViewAsStrip = lazyPart(async () => (await import('./view-as-strip.tsx')).ViewAsStrip, {
  Missing: ({ retry }) => <PartMissing retry={retry} look="card" />,
})

/** Over every page: says so while an administrator looks through the eyes of another role. */
export function ViewAsSlot() {
  const { viewingAs } = useSession()
  // The tab's memory is outside React. Whoever is no administrator any more has nothing to come back from.
  useEffect(() => {
    if (viewingAs === null) forgetView()
  }, [viewingAs])
  return viewingAs === null ? null : <ViewAsStrip role={viewingAs} />
}
