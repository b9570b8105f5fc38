import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { useEffect } from 'react'
import { createStore } from '../../lib/store.ts'
import { inOrder, placesByName, rowsByName, type TunnelRow } from './tunnel-rows.ts'
import { type TunnelSearch, viewOf } from './tunnel-view.ts'

interface ListOrder {
  ids: readonly string[]
  /** The view, as its URL has it. */
  search: TunnelSearch
}

/** The list as it was last looked at: for the way back to it, and for the tunnel before and after. */
export const listOrder = createStore<ListOrder>({ ids: [], search: {} })

/** `viewKey` is the view's search as JSON. */
export function useKeepOrder(rows: readonly TunnelRow[], viewKey: string): void {
  // The pages of single tunnels are elsewhere in the tree.
  useEffect(() => {
    listOrder.set({ ids: rows.map(({ tunnel }) => tunnel.id), search: JSON.parse(viewKey) as TunnelSearch })
  }, [rows, viewKey])
}

/**
 * The tunnel that stands `step` rows after this one in the list as it was last looked at, or in the whole list where this one is
 * not in it: a link opened it. `undefined` at the end.
 */
export function neighbourOf(
  id: string,
  step: 1 | -1,
  tunnels: readonly VisibleTunnel[],
  statuses: Record<string, TunnelStatus>,
): string | undefined {
  const seen = listOrder.get().ids
  const present = new Set(tunnels.map((tunnel) => tunnel.id))
  const all = () => inOrder(rowsByName(placesByName(tunnels), statuses, false), viewOf({}))
  const ids = seen.includes(id)
    ? seen.filter((entry) => present.has(entry) || entry === id)
    : all().map(({ tunnel }) => tunnel.id)
  const place = ids.indexOf(id)
  return place < 0 ? undefined : ids[place + step]
}
