import { useEffect } from 'react'
import { createStore } from '../../lib/store.ts'
import type { TunnelRow } from './tunnel-rows.ts'
import type { TunnelSearch } from './tunnel-view.ts'

interface ListOrder {
  rows: readonly TunnelRow[]
  /** The view, as its URL has it. */
  search: TunnelSearch
}

/** The list as it was last looked at: for the way back to it, and for the tunnel before and after. */
export const listOrder = createStore<ListOrder>({ rows: [], search: {} })

/** `viewKey` is the view's search as JSON. */
export function useKeepOrder(rows: readonly TunnelRow[], viewKey: string): void {
  // The pages of single tunnels are elsewhere in the tree.
  useEffect(() => {
    listOrder.set({ rows, search: JSON.parse(viewKey) as TunnelSearch })
  }, [rows, viewKey])
}
