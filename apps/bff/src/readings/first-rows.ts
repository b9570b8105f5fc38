import type { Role } from '@tunnel-console/shared/access'
import { type FirstRows, mostFirstRows } from '@tunnel-console/shared/first-list'
import { type Fleet, fleetOf, isTroubled } from '@tunnel-console/shared/fleet'
import { siteNamer } from '@tunnel-console/shared/site'
import { stateRank, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { visibleTunnel } from '@tunnel-console/shared/visible'

/** How all tunnels stood at the last reading. */
export interface Standing {
  tunnels: readonly Tunnel[]
  /** In the order of the tunnels. */
  states: readonly TunnelState[]
}

interface Sources {
  statusOf: (tunnel: Tunnel) => TunnelStatus
  plannedOf: (id: string) => TunnelStatus['planned']
}

/** A window shows fewer, however high it is. Of a short list all are there, since its columns are as wide as its cells. */
const rowsOfMany = 16

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

interface Top {
  tunnels: readonly Tunnel[]
  fleet: Fleet
}

/** The top of the list, worked out when somebody first asks for it after a reading, or after other work was planned. */
export function createFirstRows({ statusOf, plannedOf }: Sources) {
  const known = new WeakMap<Standing, Top & { works: number }>()
  const siteOf = siteNamer()

  function topOf({ tunnels, states }: Standing): Top {
    const stateAt = (i: number) => states[i] ?? 'unknown'
    const ranks = states.map(stateRank)
    const count = tunnels.length > mostFirstRows ? rowsOfMany : tunnels.length
    const first = lowest(tunnels.length, count, (a, b) => {
      const [one, other] = [tunnels[a], tunnels[b]]
      return (ranks[a] ?? 0) - (ranks[b] ?? 0) || collator.compare(one?.name ?? '', other?.name ?? '') || a - b
    })
    // Only sites with trouble are told of, and most have none.
    const sites = new Set(tunnels.flatMap(({ name }, i) => (isTroubled(stateAt(i)) ? [siteOf(name)] : [])))
    const members = tunnels.flatMap(({ id, name }, i) => {
      if (!sites.has(siteOf(name))) return []
      return [{ id, name, status: { state: stateAt(i), affected: null, since: null, planned: plannedOf(id) } }]
    })
    const counts = new Map<TunnelState, number>()
    for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
    return { tunnels: first.flatMap((i) => tunnels[i] ?? []), fleet: { ...fleetOf(members, siteOf), counts } }
  }

  /** `works` is another number when other work is planned. */
  return function firstRows(standing: Standing, role: Role, works: number): FirstRows {
    const last = known.get(standing)
    const top = last?.works === works ? last : { ...topOf(standing), works }
    known.set(standing, top)
    const rows = top.tunnels.map((tunnel) => ({ tunnel: visibleTunnel(tunnel, role), status: statusOf(tunnel) }))
    return { rows, fleet: top.fleet }
  }
}

/** The lowest `count` of the numbers below `total`, in their order: of ten thousand, nearly all are compared once. */
function lowest(total: number, count: number, compare: (a: number, b: number) => number): number[] {
  const found: number[] = []
  for (let i = 0; i < total; i++) {
    const last = found.at(-1)
    if (found.length === count && last !== undefined && compare(i, last) > 0) continue
    const at = found.findIndex((one) => compare(i, one) < 0)
    found.splice(at < 0 ? found.length : at, 0, i)
    if (found.length > count) found.pop()
  }
  return found
}
