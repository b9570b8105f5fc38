import { clashesOf, type Held, nextFree, routesInPools, type Taken } from '@tunnel-console/shared/address-pools'
import type {
  AddressesAnswer,
  CheckedSource,
  HoldAnswer,
  HoldInput,
  RoutesAnswer,
} from '@tunnel-console/shared/addresses'
import { cidrsOverlap } from '@tunnel-console/shared/ip'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { type Answered, asValue } from '../changes/answered.ts'
import { createTurns } from '../changes/turns.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { SettingsStore } from '../settings/store.ts'
import { addressesInUse } from './endpoints.ts'
import { createHoldStore, type HoldRow } from './hold-store.ts'
import { createAddressSources } from './sources.ts'
import { noneFree, notFree, tooMany, warningOf } from './words.ts'

/** Long enough to fill in a form. Wall time, since a hold must outlive the process. */
const holdMs = 600_000
const mostHeld = 100
/** How often a proposal is made anew when another process was faster. */
const attempts = 5

interface AddressServices {
  client: CloudflareClient
  tunnels: Pick<TunnelReadings, 'list'>
  settings: Pick<SettingsStore, 'read'>
  deps: Deps
}

export interface Person {
  id: string
  email: string
}

/** All that decides about an address, at one moment. */
interface Situation {
  pools: string[]
  reserved: string[]
  tunnels: readonly Tunnel[]
  taken: Taken[]
  rows: HoldRow[]
  checked: CheckedSource[]
}

/**
 * The inside addresses of the account: what is taken, what is held, what is free. A hold keeps a subnet for a draft for ten
 * minutes so that two people are not offered the same; it stops no write, since Cloudflare decides about those.
 */
export function createAddresses({ client, tunnels, settings, deps }: AddressServices) {
  const sources = createAddressSources(client, deps)
  const store = createHoldStore(deps)
  const turns = createTurns()

  async function look(): Promise<Situation> {
    const [list, { addressPools: pools, reservedAddresses: reserved }] = await Promise.all([
      tunnels.list.read(),
      settings.read(),
      sources.readSoon(),
    ])
    const known = list.value.tunnels
    const networks = [...known.map(takenByTunnel), ...sources.networks()]
    const routes = routesInPools(pools, sources.routes()?.value ?? [])
    const taken = [...networks, ...routes.map(takenByRoute)]
    const fetchedAt = new Date(list.at).toISOString()
    const ipsec: CheckedSource = { source: 'ipsec', readable: true, count: known.length, fetchedAt }
    const rows = await stillFree(networks)
    return { pools, reserved, tunnels: known, taken, rows, checked: [ipsec, ...sources.checked()] }
  }

  /** A hold ends by itself as soon as a tunnel has the address. */
  async function stillFree(networks: readonly Taken[]): Promise<HoldRow[]> {
    const rows = await store.list()
    const isOver = ({ interfaceAddress }: HoldRow) => clashesOf(interfaceAddress, networks).length > 0
    await store.drop(rows.filter(isOver).map(({ id }) => id))
    return rows.filter((row) => !isOver(row))
  }

  async function view(userId: string): Promise<AddressesAnswer> {
    const { pools, reserved, tunnels, taken, rows, checked } = await look()
    const next = freeIn({ pools, reserved, taken, rows })
    const holds = rows.map((row) => heldOf(row, userId))
    return {
      pools,
      reserved,
      taken,
      holds,
      checked,
      next,
      cloudflareEndpoints: addressesInUse(tunnels, sources.leases()),
    }
  }

  async function hold(person: Person, input: HoldInput): Promise<HoldAnswer> {
    for (let attempt = 1; ; attempt++) {
      const { row, checked } = await chosen(person, input)
      try {
        await store.put(row)
        const { id, interfaceAddress: interface_address, expiresAt } = row
        return { hold: { id, interface_address, until: new Date(expiresAt).toISOString() }, checked }
      } catch (error) {
        // Only another process can have been faster; the next attempt sees what it holds.
        const rows = await store.list()
        const isHeld = rows.some(
          (other) => other.id !== row.id && cidrsOverlap(other.interfaceAddress, row.interfaceAddress),
        )
        if (attempt >= attempts || !isHeld) throw error
      }
    }
  }

  /** The row that a wish comes to. Throws `address-taken` for an address that is not free, `not-now` when none is. */
  async function chosen({ id: userId, email: by }: Person, { draftId, interface_address: asked }: HoldInput) {
    const situation = await look()
    const own = situation.rows.find((row) => row.userId === userId && row.draftId === draftId)
    const others = situation.rows.filter((row) => row !== own)
    const free = () => freeIn({ ...situation, rows: others })
    const interfaceAddress = asked ?? own?.interfaceAddress ?? free()
    if (interfaceAddress === null) throw noneFree(situation.pools)
    const taken = clashesOf(interfaceAddress, situation.taken).find(({ kind }) => kind !== 'route')
    const held = others.find((row) => cidrsOverlap(row.interfaceAddress, interfaceAddress))
    const at = deps.now().getTime()
    if (taken || held) throw notFree({ taken, held, at }, free())
    if (others.filter((row) => row.userId === userId).length >= mostHeld) throw tooMany(mostHeld)
    const id = own?.interfaceAddress === interfaceAddress ? own.id : crypto.randomUUID()
    const row: HoldRow = { id, userId, by, draftId, interfaceAddress, expiresAt: at + holdMs }
    return { row, checked: situation.checked }
  }

  async function release(userId: string, id: string): Promise<void> {
    if (!(await store.release(userId, id))) throw ProblemError.of('not-found')
  }

  async function routes(): Promise<RoutesAnswer> {
    await sources.readRoutesSoon()
    const read = sources.routes()
    return { routes: read?.value ?? null, fetchedAt: read && new Date(read.at).toISOString() }
  }

  return {
    view: (userId: string): Promise<Answered<AddressesAnswer>> => asValue(view(userId)),
    /** One after the other, so that each sees what the one before has taken. */
    hold: (person: Person, input: HoldInput): Promise<Answered<HoldAnswer>> =>
      asValue(turns('holds', () => hold(person, input))),
    release: (userId: string, id: string): Promise<Answered<void>> => asValue(release(userId, id)),
    routes: (): Promise<Answered<RoutesAnswer>> => asValue(routes()),

    /** What a dry run should say of an inside address beside Cloudflare's yes: who else holds it. */
    async warnings(userId: string, interfaceAddress: string): Promise<string[]> {
      const rows = await store.list()
      const held = rows.filter((row) => row.userId !== userId && cidrsOverlap(row.interfaceAddress, interfaceAddress))
      return held.map((row) => warningOf(row, deps.now().getTime()))
    },

    tidy: store.tidy,
  }
}

function takenByTunnel({ id, name, interface_address: subnet }: Tunnel): Taken {
  return { subnet, kind: 'ipsec', id, name }
}

function takenByRoute({ id, prefix, description }: { id: string; prefix: string; description: string }): Taken {
  return { subnet: prefix, kind: 'route', id: id || null, name: description }
}

function heldOf({ id, userId, by, interfaceAddress: subnet, expiresAt }: HoldRow, viewer: string): Held {
  return { id, subnet, by, mine: userId === viewer, until: new Date(expiresAt).toISOString() }
}

function freeIn({ pools, reserved, taken, rows }: Pick<Situation, 'pools' | 'reserved' | 'taken' | 'rows'>) {
  const subnets = [...taken.map(({ subnet }) => subnet), ...rows.map(({ interfaceAddress }) => interfaceAddress)]
  return nextFree(pools, [...subnets, ...reserved])
}
