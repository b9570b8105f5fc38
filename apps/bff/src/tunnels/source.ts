import { can, type Role } from '@tunnel-console/shared/access'
import type { TunnelListAnswer } from '@tunnel-console/shared/api'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { visibleTunnel } from '@tunnel-console/shared/visible'
import type { CloudflareClient, TunnelList } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import { type Prepared, prepare } from '../http/conditional.ts'
import { Polled, type Reading } from '../status/polled.ts'

export type TunnelSource = ReturnType<typeof createTunnelSource>

/**
 * The one shared copy of the tunnel list. However many people watch, Cloudflare is asked once an interval; each role's
 * view is made, hashed and compressed once for each reading (assurance.md 0.6).
 */
export function createTunnelSource(client: Pick<CloudflareClient, 'listTunnels'>, deps: Deps) {
  const list = new Polled<TunnelList>({
    load: () => client.listTunnels(),
    everyMs: deps.pollSeconds * 1000,
    now: deps.now,
    background: deps.background,
  })
  const views = new Map<string, Promise<Prepared>>()

  async function prepareView({ value, at }: Reading<TunnelList>, role: Role, stale: boolean): Promise<Prepared> {
    const tunnels = value.tunnels.map((tunnel) => visibleTunnel(tunnel, role))
    const fetchedAt = new Date(at).toISOString()
    const answer: TunnelListAnswer = { tunnels, fetchedAt, stale, unreadable: value.unreadable, doubted: null, failure: null }
    return prepare(JSON.stringify(answer), JSON.stringify({ ...answer, fetchedAt: '' }), fetchedAt)
  }

  return {
    list,

    /** The list as a role may see it, ready to send. */
    async view(role: Role): Promise<Prepared> {
      const reading = await list.read()
      const stale = list.isStale()
      const name = `${reading.sequence} ${can(role, 'tunnel.read') ? 'whole' : 'reduced'} ${stale}`
      if (![...views.keys()].some((key) => key.startsWith(`${reading.sequence} `))) views.clear()
      const known = views.get(name)
      if (known) return known
      const view = prepareView(reading, role, stale)
      views.set(name, view)
      return view
    },

    /** A tunnel as a write has left it. */
    put(tunnel: Tunnel): void {
      list.amend((value) => {
        const others = value.tunnels.filter(({ id }) => id !== tunnel.id)
        return { ...value, tunnels: [...others, tunnel] }
      })
    },

    /** A tunnel that a write has deleted. */
    remove(id: string): void {
      list.amend((value) => ({ ...value, tunnels: value.tunnels.filter((tunnel) => tunnel.id !== id) }))
    },

    /** The name of a tunnel as last seen, or an empty text: for audit entries that are written before any reading. */
    nameOf(id: string): string {
      return list.peek()?.value.tunnels.find((tunnel) => tunnel.id === id)?.name ?? ''
    },
  }
}
