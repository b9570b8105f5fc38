import { memo } from 'react'
import { type Selected, SelectionBar } from '../features/tunnels/selection-bar.tsx'
import { useManyActions } from './use-many-actions.ts'

/** The bar of the selected tunnels, with what this person may do with them. While none is, no key in the filter draws it. */
export const ManyBar = memo(
  (selected: Selected) => {
    const actions = useManyActions()
    return actions && <SelectionBar {...selected} actions={actions} />
  },
  (before, after) => before.ids.length === 0 && after.ids.length === 0,
)
