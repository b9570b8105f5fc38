import { formatIpv4, parseIpv4, peerAddress } from '@tunnel-console/shared/ip'
import { hexId } from './hash.ts'
import { type SeedLeg, type SeedSite, seedSites } from './seed-sites.ts'
import type { Region, SandboxState, StoredGreTunnel, StoredRoute, StoredTunnel } from './state.ts'
import { switches } from './switches.ts'

/** The two anycast addresses that the sandbox account holds. */
export const seedEndpoints = ['162.159.135.10', '172.64.240.10'] as const

const minute = 60_000
const day = 1440 * minute

/** The account as it is on the first start: the same names, ids and addresses every time, dated from `now`. */
export function seedState(now: Date, accountNumber: number): SandboxState {
  const tunnels = seedSites.flatMap((site, index) =>
    site.legs.map((leg, side) => seedTunnel({ site, leg, index, side, now, accountNumber })),
  )
  return {
    version: 1,
    endpoints: [...seedEndpoints],
    unifiedRouting: true,
    tunnels,
    routes: seedRoutes(tunnels, now),
    greTunnels: ['legacy-gre-lon', 'legacy-gre-nyc'].map((name, index) => seedGreTunnel(name, index, now)),
  }
}

interface Placed {
  site: SeedSite
  leg: SeedLeg
  index: number
  side: number
  now: Date
  accountNumber: number
}

function seedTunnel({ site, leg, index, side, now, accountNumber }: Placed): StoredTunnel {
  const name = `${site.site}-${'abcd'[side]}`
  const since = now.getTime() - (leg.since ?? 5 * 1440) * minute
  const created = leg.createdDaysAgo === 0 ? since : now.getTime() - createdDays(leg, index, side) * day
  const modified = Math.max(
    created,
    now.getTime() - (leg.modifiedDaysAgo ?? (index * 7 + side) % 60) * day - 3 * minute,
  )
  const bgp = leg.bgp ?? site.bgp
  return {
    id: hexId(`tunnel ${name}`),
    name,
    description: `${site.place} – ${site.device}, ${leg.isp}`,
    cloudflare_endpoint: site.kind === 'azure' ? seedEndpoints[0] : (seedEndpoints[side % 2] ?? seedEndpoints[0]),
    customer_endpoint: customerEndpoint(site.region, index * 2 + side),
    interface_address: insideAddress(site, index, side),
    interface_address6: '',
    ...switches,
    replay_protection: site.kind !== undefined && site.kind !== 'gcp',
    automatic_return_routing: site.kind === 'meraki',
    health_check: healthCheck(site, leg, index * 2 + side),
    bgp: bgp ? { customer_asn: bgp.asn, extra_prefixes: bgp.extra ?? [], md5_key: bgp.md5 ?? '' } : null,
    fqdn_id: leg.label ? `${leg.label}.${accountNumber}.custom.ipsec.cloudflare.com` : '',
    created_on: iso(created),
    modified_on: iso(modified),
    psk_metadata: leg.keyAge === null ? {} : { last_generated_on: iso(keyDate(leg, created, now)) },
    story: {
      health: leg.health ?? 'up',
      bgp: bgp?.state ?? 'up',
      since: iso(since),
      region: site.region,
    },
  }
}

function createdDays(leg: SeedLeg, index: number, side: number): number {
  return leg.createdDaysAgo ?? (leg.keyAge ?? 0) + 20 + ((index * 37 + side * 11) % 200)
}

function keyDate(leg: SeedLeg, created: number, now: Date): number {
  return Math.max(created + 2 * minute, now.getTime() - (leg.keyAge ?? 0) * day - 3 * minute)
}

/** Branches and data centres get a /31; AWS insists on a link-local /30 and on being its first host. */
function insideAddress(site: SeedSite, index: number, side: number): string {
  const slot = index * 2 + side
  if (site.kind === 'aws') return `${at('169.254.240.0', slot * 4 + 2)}/30`
  // Azure's guide gives Cloudflare the upper address.
  return `${at('10.252.0.0', slot * 2 + (site.kind === 'azure' ? 1 : 0))}/31`
}

const documentationRanges: Record<Region, string> = { eu: '203.0.113.0', us: '198.51.100.0', apac: '192.0.2.0' }

function customerEndpoint(region: Region, slot: number): string {
  return at(documentationRanges[region], 10 + slot * 3)
}

function healthCheck(site: SeedSite, leg: SeedLeg, slot: number): StoredTunnel['health_check'] {
  const target = site.kind === 'azure' ? customerEndpoint(site.region, slot) : ''
  return {
    enabled: leg.checked ?? true,
    rate: site.kind === 'meraki' ? 'low' : (site.rate ?? 'mid'),
    type: site.kind === 'azure' || leg.health === 'degraded' ? 'reply' : 'request',
    direction: site.region === 'us' && site.kind === undefined ? 'unidirectional' : 'bidirectional',
    target,
  }
}

/** Each site's own network by its tunnels, the first preferred; equal weights where both carry traffic. */
function seedRoutes(tunnels: StoredTunnel[], now: Date): StoredRoute[] {
  const created = iso(now.getTime() - 200 * day)
  return tunnels.flatMap((tunnel) => {
    const index = seedSites.findIndex(({ site }) => tunnel.name.startsWith(`${site}-`))
    const isSecond = tunnel.name.endsWith('-b')
    const shares = seedSites[index]?.kind === 'aws' || seedSites[index]?.kind === 'azure'
    const prefixes = [`10.${20 + index}.0.0/16`, ...(index < 4 ? [`172.${20 + index}.0.0/20`] : [])]
    return prefixes.map((prefix, nth) => ({
      id: hexId(`route ${tunnel.name} ${nth}`),
      prefix,
      nexthop: peerAddress(tunnel.interface_address) ?? '',
      priority: isSecond && !shares ? 200 : 100,
      ...(shares ? { weight: 50 } : {}),
      description: `${tunnel.name} ${nth === 0 ? 'LAN' : 'servers'}`,
      created_on: created,
      modified_on: created,
    }))
  })
}

function seedGreTunnel(name: string, index: number, now: Date): StoredGreTunnel {
  const created = iso(now.getTime() - 900 * day)
  return {
    id: hexId(`gre ${name}`),
    name,
    description: 'Kept for out-of-band access until the routers are replaced',
    cloudflare_gre_endpoint: seedEndpoints[index % 2] ?? seedEndpoints[0],
    customer_gre_endpoint: at('203.0.113.240', index),
    interface_address: `${at('10.255.255.0', index * 2)}/31`,
    ttl: 64,
    mtu: 1476,
    created_on: created,
    modified_on: created,
  }
}

/**
 * Any number of valid tunnels that neither overlap nor share a name, for tests of size.
 *
 *     createSandbox({ ..., state: { ...seedState(now, 1), tunnels: seedTunnels(10_000, now) } })
 */
export function seedTunnels(count: number, now = new Date('2026-01-01T00:00:00Z')): StoredTunnel[] {
  const regions: Region[] = ['eu', 'us', 'apac']
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(5, '0')
    const region = regions[index % 3] ?? 'eu'
    const site: SeedSite = {
      site: `branch-${number}`,
      place: `Branch ${number}`,
      device: 'Fortinet 60F',
      region,
      legs: [],
    }
    const leg: SeedLeg = { isp: 'ISP A', keyAge: 3 + (index % 700) }
    const tunnel = seedTunnel({ site, leg, index: index % 40, side: 0, now, accountNumber: 0 })
    return { ...tunnel, interface_address: `${at('10.0.0.0', index * 2)}/31` }
  })
}

function at(base: string, offset: number): string {
  return formatIpv4((parseIpv4(base) ?? 0) + offset)
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
