import { useStore } from '../../lib/store.ts'
import type { Selection } from '../../ui/data-table-kit.ts'
import { clearSelection, selectedTunnels } from './selection.ts'
import type { TunnelRow } from './tunnel-rows.ts'

/** What is selected in the list. Who is gone by now counts no more, but comes back with its tunnel. */
export function useSelection(all: readonly TunnelRow[], shown: readonly TunnelRow[]) {
  const chosen = useStore(selectedTunnels)
  const ids = all.flatMap(({ tunnel }) => (chosen.has(tunnel.id) ? [tunnel.id] : []))
  const shownIds = shown.map(({ tunnel }) => tunnel.id)
  const selection: Selection<TunnelRow> = { ids: chosen, onChange: selectedTunnels.set, label }
  const shownChosen = shownIds.filter((id) => chosen.has(id)).length
  return {
    selection,
    ids,
    hidden: ids.length - shownChosen,
    isAllShown: shownIds.length > 0 && shownChosen === shownIds.length,
    addShown: () => selectedTunnels.set((before) => new Set([...before, ...shownIds])),
    clear: clearSelection,
  }
}

const label = ({ tunnel }: TunnelRow) => `Select ${tunnel.name || tunnel.id}`
