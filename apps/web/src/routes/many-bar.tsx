import { type Selected, SelectionBar } from '../features/tunnels/selection-bar.tsx'
import { useManyActions } from './use-many-actions.ts'

/** The bar of the selected tunnels, with what this person may do with them. */
export function ManyBar(selected: Selected) {
  const actions = useManyActions()
  return actions && <SelectionBar {...selected} actions={actions} />
}
