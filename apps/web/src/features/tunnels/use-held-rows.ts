import { useState } from 'react'
import { rankOf, type TunnelRow } from './tunnel-rows.ts'
import type { SortKey } from './tunnel-view.ts'

interface Held {
  rows: readonly TunnelRow[]
  shownFor: string
}

/**
 * Keeps rows where they are while somebody points at them or has the focus among them (WCAG 2.2.2): the same rows in
 * the same order, with fresh contents. `changed` counts the rows that would move, come or go.
 *
 * `viewKey` names what the person asked for; a new question is answered at once.
 */
export function useHeldRows(
  wanted: readonly TunnelRow[],
  all: readonly TunnelRow[],
  sort: SortKey,
  viewKey: string,
  isHeld: boolean,
) {
  const [held, setHeld] = useState<Held>({ rows: wanted, shownFor: viewKey })
  const mustFollow = !isHeld || held.shownFor !== viewKey || hasSameOrder(held.rows, wanted)
  if (mustFollow && (held.rows !== wanted || held.shownFor !== viewKey)) setHeld({ rows: wanted, shownFor: viewKey })
  if (mustFollow) return { rows: wanted, changed: 0, release: () => {} }

  // A tunnel before or after this one moves nobody who is sorted by name.
  const rank = sort === 'name' ? () => 0 : rankOf(sort)
  const now = new Map(wanted.map((row) => [row.tunnel.id, row]))
  const before = new Set(held.rows.map((row) => row.tunnel.id))
  const moved = held.rows.filter((row) => {
    const wants = now.get(row.tunnel.id)
    return !wants || rank(row) !== rank(wants)
  })
  const fresh = new Map(all.map((row) => [row.tunnel.id, row]))
  const come = wanted.filter((row) => !before.has(row.tunnel.id))
  return {
    rows: held.rows.map((row) => fresh.get(row.tunnel.id) ?? row),
    changed: Math.max(1, moved.length + come.length),
    release: () => setHeld({ rows: wanted, shownFor: viewKey }),
  }
}

function hasSameOrder(a: readonly TunnelRow[], b: readonly TunnelRow[]): boolean {
  return a.length === b.length && a.every((row, i) => row.tunnel.id === b[i]?.tunnel.id)
}
