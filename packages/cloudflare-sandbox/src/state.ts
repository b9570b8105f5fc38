import type { Switches } from './switches.ts'

export type HealthStory = 'up' | 'degraded' | 'colo-down' | 'down' | 'flapping' | 'recovering' | 'silent' | 'new'
export type BgpStory = 'up' | 'down' | 'connecting' | 'opening'

/** What the edge "sees" of a tunnel: never on the wire, it only steers `bgp_status` and the analytics. */
export interface Story {
  health: HealthStory
  bgp: BgpStory
  /** When the story's turn came: a tunnel that is down was up before it. */
  since: string
  /** Region whose data centres carry the tunnel. */
  region: Region
  /** When a key was set through this sandbox: a new device answers a little later. */
  keyedOn?: string
  /** When BGP was configured through this sandbox: a new session takes a little to come up. */
  bgpOn?: string
  /** Analytics are keyed by name, so a new name starts without history. */
  namedOn?: string
}

export type Region = 'eu' | 'us' | 'apac'

export interface StoredHealthCheck {
  enabled: boolean
  rate: string
  type: string
  direction: string
  /** The saved target; '' means the computed default. */
  target: string
}

export interface StoredBgp {
  customer_asn: number
  extra_prefixes: string[]
  md5_key: string
  import_filter_id?: string
  export_filter_id?: string
}

export interface StoredTunnel extends Switches {
  id: string
  name: string
  description: string
  cloudflare_endpoint: string
  customer_endpoint: string
  interface_address: string
  interface_address6: string
  health_check: StoredHealthCheck
  bgp: StoredBgp | null
  fqdn_id: string
  created_on: string
  modified_on: string
  psk_metadata: { last_generated_on?: string }
  story: Story
}

export interface StoredRoute {
  id: string
  prefix: string
  nexthop: string
  priority: number
  weight?: number
  description: string
  created_on: string
  modified_on: string
}

export interface StoredGreTunnel {
  id: string
  name: string
  description: string
  cloudflare_gre_endpoint: string
  customer_gre_endpoint: string
  interface_address: string
  ttl: number
  mtu: number
  created_on: string
  modified_on: string
}

/** Everything the sandbox remembers, as plain JSON. It holds dates of keys, never a key nor a digest of one. */
export interface SandboxState {
  version: 1
  /** Anycast addresses of the account: the only values a `cloudflare_endpoint` may take. */
  endpoints: string[]
  /** Cloudflare's `coupler_integration` flag ("Unified Routing"): allows `automatic_return_routing`. */
  unifiedRouting: boolean
  tunnels: StoredTunnel[]
  routes: StoredRoute[]
  greTunnels: StoredGreTunnel[]
}

export interface Store {
  readonly current: SandboxState
  /** What a lagging replica would still answer: the state before the latest commit. */
  readonly previous: SandboxState
  commit(tunnels: StoredTunnel[]): void
  replace(state: SandboxState): void
}

/** States are replaced, never changed in place: so `previous` costs nothing and no reader sees half a write. */
export function createStore(initial: SandboxState, onChange: (state: SandboxState) => void): Store {
  let current = initial
  let previous = initial
  const replace = (next: SandboxState) => {
    previous = current
    current = next
    onChange(next)
  }
  return {
    get current() {
      return current
    },
    get previous() {
      return previous
    },
    commit: (tunnels) => replace({ ...current, tunnels }),
    replace,
  }
}
