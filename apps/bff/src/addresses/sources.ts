import type { Taken } from '@tunnel-console/shared/address-pools'
import type { AddressSource, CheckedSource } from '@tunnel-console/shared/addresses'
import type { StaticRoute } from '@tunnel-console/shared/api'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Network } from '../cloudflare/networks.ts'
import type { Deps } from '../deps.ts'
import { createFailureLog } from '../readings/failure-log.ts'
import { Polled } from '../readings/polled.ts'

/** These change seldom, and are read only while somebody looks at addresses. */
const everyMs = { routes: 60_000, others: 300_000 } as const
/** After a failure: a token that lacks a permission may be given it at any time. */
const againMs = 60_000
/** How long somebody waits for a source that has never been asked, and for one that could not be read before: milliseconds. */
const patienceMs = { first: 2000, failed: 20 } as const

type Lists = Pick<CloudflareClient, 'listGreTunnels' | 'listInterconnects' | 'listRoutes' | 'listLeases'>

export type AddressSources = ReturnType<typeof createAddressSources>

/**
 * What else occupies inside addresses: GRE tunnels, interconnects and static routes; and the leases of Cloudflare's own. Each
 * is read by itself and may be unreadable by itself, since a token can be without its permission.
 */
export function createAddressSources(client: Lists, deps: Deps) {
  function polled<T>(source: AddressSource, everyMs: number, load: () => Promise<T[]>): Polled<T[]> {
    const failures = createFailureLog(source, deps)
    const reading: Polled<T[]> = new Polled<T[]>({
      load,
      everyMs: () => (reading.lastFailure ? againMs : everyMs),
      deps,
      onReading: failures.recovered,
      onFailure: failures.failed,
    })
    return reading
  }
  const gre = polled<Network>('gre', everyMs.others, client.listGreTunnels)
  const interconnects = polled<Network>('interconnects', everyMs.others, client.listInterconnects)
  const leases = polled<string>('leases', everyMs.others, client.listLeases)
  const routes = polled<StaticRoute>('routes', everyMs.routes, client.listRoutes)

  const soon = <T>(reading: Polled<T>) => reading.readSoon(reading.lastFailure ? patienceMs.failed : patienceMs.first)

  return {
    /** Reads what is old; waits two seconds at most, and only for what has never been asked. */
    async readSoon(): Promise<void> {
      await Promise.all([soon(gre), soon(interconnects), soon(leases), soon(routes)])
    },
    /** The same for the routes alone. */
    readRoutesSoon: () => soon(routes),
    /** The static routes and when they were read; `null` when they cannot be. */
    routes: () => believable(routes),
    leases: () => believable(leases)?.value ?? null,
    networks: (): Taken[] => [...takenOf('gre', gre), ...takenOf('interconnect', interconnects)],
    checked: (): CheckedSource[] => [
      checkedOf('gre', gre),
      checkedOf('interconnects', interconnects),
      checkedOf('routes', routes),
      checkedOf('leases', leases),
    ],
  }
}

/** What was read, unless it has been impossible to read it anew for a quarter of an hour. */
function believable<T>(reading: Polled<T>) {
  return reading.age() <= 3 * everyMs.others ? reading.peek() : null
}

function takenOf(kind: 'gre' | 'interconnect', reading: Polled<Network[]>): Taken[] {
  const networks = believable(reading)?.value ?? []
  return networks
    .filter(({ interfaceAddress }) => interfaceAddress !== '')
    .map(({ id, name, interfaceAddress }) => ({ subnet: interfaceAddress, kind, id, name }))
}

function checkedOf<T>(source: AddressSource, reading: Polled<T[]>): CheckedSource {
  const read = believable(reading)
  return {
    source,
    readable: read !== null,
    count: read?.value.length ?? 0,
    fetchedAt: read && new Date(read.at).toISOString(),
  }
}
