import type { CloudflareAddress } from '@tunnel-console/shared/addresses'
import { cidrContains } from '@tunnel-console/shared/ip'
import type { Tunnel } from '@tunnel-console/shared/tunnel'

/**
 * Cloudflare's addresses that tunnels end on or may: those in use, most used first, then single addresses that are leased.
 * `leases`: CIDRs, `null` where they cannot be read.
 */
export function addressesInUse(tunnels: readonly Tunnel[], leases: readonly string[] | null): CloudflareAddress[] {
  const leased = (leases ?? []).flatMap((cidr) => (cidr.endsWith('/32') ? cidr.slice(0, -3) : []))
  const uses = new Map(leased.map((address) => [address, 0]))
  for (const { cloudflare_endpoint: address } of tunnels) {
    if (address !== '') uses.set(address, (uses.get(address) ?? 0) + 1)
  }
  const isLeased = (address: string) => leases?.some((cidr) => cidrContains(cidr, address)) ?? null
  return [...uses]
    .map(([address, count]) => ({ address, tunnels: count, leased: isLeased(address) }))
    .toSorted((one, other) => other.tunnels - one.tunnels || one.address.localeCompare(other.address))
}
