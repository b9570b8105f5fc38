import { useMemo } from 'react'
import { useStore } from '../../lib/store.ts'
import type { Selection } from '../../ui/data-table-kit.ts'
import { clearSelection, selectedTunnels } from './selection.ts'
import type { TunnelRow } from './tunnel-rows.ts'

/** What is selected in the list. Who is gone by now counts no more, but comes back with its tunnel. */
export function useSelection(all: readonly TunnelRow[], shown: readonly TunnelRow[]) {
  const chosen = useStore(selectedTunnels)
  const chosenOf = (rows: readonly TunnelRow[]) =>
    chosen.size === 0 ? [] : rows.flatMap(({ tunnel }) => (chosen.has(tunnel.id) ? [tunnel.id] : []))
  const ids = chosenOf(all)
  const shownChosen = chosenOf(shown).length
  const selection = useMemo<Selection<TunnelRow>>(
    () => ({ ids: chosen, onChange: selectedTunnels.set, label }),
    [chosen],
  )
  return {
    selection,
    ids,
    hidden: ids.length - shownChosen,
    isAllShown: shown.length > 0 && shownChosen === shown.length,
    addShown: () => selectedTunnels.set((before) => new Set([...before, ...shown.map(({ tunnel }) => tunnel.id)])),
    clear: clearSelection,
  }
}

const label = ({ tunnel }: TunnelRow) => `Select ${tunnel.name || tunnel.id}`
