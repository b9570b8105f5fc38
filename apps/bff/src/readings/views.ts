import type { Role } from '@tunnel-console/shared/access'
import type { StaticRoute, WrittenTunnel } from '@tunnel-console/shared/api'
import type { FirstRows } from '@tunnel-console/shared/first-list'
import { cidrContains } from '@tunnel-console/shared/ip'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { writtenTunnel } from '../changes/answers.ts'
import { versionOf } from '../changes/version.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { isGone } from '../cloudflare/gone.ts'
import { createConnection } from '../connection/connection.ts'
import type { Deps } from '../deps.ts'
import type { ListForm } from './list-view.ts'
import { createNames } from './names.ts'
import { Polled } from './polled.ts'
import { isKnown, type Prepared, type View } from './prepared.ts'
import type { RecentWrites } from './recent-writes.ts'
import type { StatusForm, StatusReadings } from './status.ts'
import type { TunnelReadings } from './tunnels.ts'

export type ViewName = ListForm | StatusForm | 'names'

interface ViewServices {
  client: CloudflareClient
  tunnels: TunnelReadings
  recent: RecentWrites
  status: StatusReadings
  deps: Deps
}

/** How long after the last reader somebody still counts as watching. */
const watchedMs = 15_000

/** Everything that people read of the account: shared copies, and what is read through to Cloudflare. */
export function createViews({ client, tunnels, recent, status, deps }: ViewServices) {
  let lastReader = Number.NEGATIVE_INFINITY
  const names = createNames(tunnels)
  const views = {
    rows: (role: Role) => tunnels.view(role, 'rows'),
    columns: (role: Role) => tunnels.view(role, 'columns'),
    status: () => status.view('status'),
    'wall-status': () => status.view('wall-status'),
    names,
  } as const
  const account = new Polled<string>({ load: () => client.accountName(), everyMs: () => 300_000, deps })

  /** Read through; where a replica lags behind our own latest write, as that write left it. */
  async function throughTo(id: string): Promise<WrittenTunnel> {
    const read = await writtenTunnel(await client.getTunnel(id))
    const newest = await recent.newest(read.tunnel)
    return newest ? { ...read, tunnel: newest, version: await versionOf(newest) } : read
  }

  return {
    async view(name: ViewName, { role, ifNoneMatch }: { role: Role; ifNoneMatch?: string | undefined }): Promise<View> {
      lastReader = deps.monotonic()
      const prepared = await views[name](role)
      const { etag, fetchedAt } = prepared
      return isKnown(ifNoneMatch, etag) ? { isKnown: true, etag, fetchedAt } : prepared
    },

    /** The list of tunnels, when `view` would give it at once. Whoever takes it is a reader like any other. */
    ready(role: Role, form: ListForm): Prepared | null {
      const prepared = tunnels.ready(role, form)
      if (prepared) lastReader = deps.monotonic()
      return prepared
    },

    /** The top of the list, when it is known already. Its page asks for all of it in a moment. */
    first(role: Role): Promise<FirstRows | null> {
      lastReader = deps.monotonic()
      return status.first(role)
    },

    /** Whether somebody reads the shared copies just now. */
    isWatched: () => deps.monotonic() - lastReader < watchedMs,

    tunnel: throughTo,

    /** Whether a tunnel still is this version, as far as the console knows. */
    async isStill(id: string, version: string): Promise<boolean> {
      const copy = tunnels.list.peek()?.value.tunnels
      const known = copy?.find((tunnel) => tunnel.id === id)
      if (!copy || (known && (await versionOf(known)) === version)) return true
      // The copy may be the older of the two.
      return throughTo(id).then(
        (now) => now.version === version,
        (error) => !isGone(error),
      )
    },

    /** A route names no tunnel: its next hop lies in the tunnel's inside subnet. */
    async routesOf(id: string): Promise<StaticRoute[]> {
      const { interface_address } = Tunnel.parse(await client.getTunnel(id))
      const routes = await staticRoutes(client)
      return routes.filter(({ nexthop }) => cidrContains(interface_address, nexthop))
    },

    /** How the console stands to Cloudflare: one check a minute at most, whoever asks. */
    connection: createConnection({ client, deps }),

    /** The account's name, or its id while Cloudflare does not tell. */
    accountName: async (): Promise<string> => (await account.readSoon())?.value ?? deps.upstream.accountId,
  }
}

export type Views = ReturnType<typeof createViews>

/** Accounts or tokens without static routes answer 404 for the whole list; that must not read as "no such tunnel". */
function staticRoutes(client: CloudflareClient): Promise<StaticRoute[]> {
  return client.listRoutes().catch((error: unknown) => {
    if (!(error instanceof ProblemError) || error.problem.code !== 'not-found') throw error
    const detail = 'Cloudflare has no list of static routes for this account'
    throw ProblemError.of('upstream-unexpected', { detail }, { cause: error })
  })
}
