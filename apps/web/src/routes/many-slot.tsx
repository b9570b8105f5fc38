import { useEffect } from 'react'
import type { Selected } from '../features/tunnels/selection-bar.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'

export const ManyBar = lazyPart<Selected>(async () => (await import('./shell-rest.tsx')).ManyBar, {
  Missing: ({ retry, props }) =>
    props.ids.length > 0 && <PartMissing retry={retry} look="card" onClose={props.onClear} />,
  isPatient: true,
})

/** The bar of the selected tunnels, whose code comes soon after the rows, and at once with the first that is selected. */
export function ManySlot(selected: Selected) {
  const isWanted = selected.ids.length > 0
  // Loading code is outside React.
  useEffect(() => {
    if (isWanted) void ManyBar.preload()
  }, [isWanted])
  return <ManyBar {...selected} />
}
