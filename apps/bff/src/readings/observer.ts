import type { TunnelState, TunnelStatus } from '@tunnel-console/shared/status'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { StatusReadings } from './status.ts'
import type { TunnelReadings } from './tunnels.ts'

/** The state of one tunnel by each source alone, and which reading of the source that was. */
export interface Observed {
  health: { reading: number; status: TunnelStatus }
  bgp: { reading: number; status: TunnelStatus['bgp'] }
}

interface ObserverServices {
  tunnels: TunnelReadings
  status: StatusReadings
  /** How many lists have been read. */
  listReading: () => number
}

export type Observer = ReturnType<typeof createObserver>

/** How single tunnels fare by the shared copies: for whoever changes many, or takes a change back. */
export function createObserver({ tunnels, status, listReading }: ObserverServices) {
  let known: { list: readonly Tunnel[]; byId: ReadonlyMap<string, Tunnel> } = { list: [], byId: new Map() }

  function listed(id: string): Tunnel | undefined {
    const list = tunnels.list.peek()?.value.tunnels ?? []
    if (list !== known.list) known = { list, byId: new Map(list.map((tunnel) => [tunnel.id, tunnel])) }
    return known.byId.get(id)
  }

  return {
    /** `null` where the console does not know the tunnel. */
    stateOf(id: string): TunnelState | null {
      const tunnel = listed(id)
      return tunnel ? status.of(tunnel).state : null
    },

    observe(id: string): Observed | null {
      const tunnel = listed(id)
      if (!tunnel) return null
      const withoutBgp = { ...tunnel, bgp: null, bgp_status: null }
      return {
        health: { reading: status.health.peek()?.sequence ?? 0, status: status.of(withoutBgp) },
        bgp: { reading: listReading(), status: status.of(tunnel).bgp },
      }
    },

    /** Reads everything anew. */
    refresh: () => Promise.all([tunnels.list.refresh(), status.health.refresh()]),
  }
}
