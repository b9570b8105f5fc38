import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { listOrder } from './list-order.ts'
import { inOrder, placesByName, rowsByName, type TunnelRow } from './tunnel-rows.ts'
import { viewOf } from './tunnel-view.ts'

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
  const seen = idsOf(listOrder.get().rows)
  const present = new Set(tunnels.map((tunnel) => tunnel.id))
  const all = () => inOrder(rowsByName(placesByName(tunnels), statuses, false), viewOf({}))
  const ids = seen.includes(id) ? seen.filter((entry) => present.has(entry) || entry === id) : idsOf(all())
  const place = ids.indexOf(id)
  return place < 0 ? undefined : ids[place + step]
}

const idsOf = (rows: readonly TunnelRow[]) => rows.map(({ tunnel }) => tunnel.id)
