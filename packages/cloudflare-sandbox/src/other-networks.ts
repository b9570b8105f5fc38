import { hexId } from './hash.ts'

/** A private line from a data centre into Cloudflare's network: its inside addresses come from the same pools as tunnels'. */
export const seedInterconnects = [
  {
    id: hexId('interconnect cni-ams-dc1'),
    name: 'cni-ams-dc1',
    description: 'Cross-connect in Equinix AM5, kept for the data centre',
    colo_name: 'ams01',
    interface_address: '10.252.1.0/31',
    gre: { cloudflare_endpoint: '162.159.135.10' },
    health_check: { enabled: true, rate: 'mid', type: 'request' },
    mtu: 1500,
    created_on: '2025-03-04T09:12:00Z',
    modified_on: '2025-03-04T09:12:00Z',
  },
]

/** The account's leases of addresses: each anycast endpoint by itself, as the dashboard lists them. */
export function leasesOf(endpoints: readonly string[]) {
  return endpoints.map((address) => ({
    id: hexId(`lease ${address}`),
    cidrs: [`${address}/32`],
    purpose: 'magic',
    active_from: '2024-01-15T00:00:00Z',
    created_at: '2024-01-12T10:30:00Z',
    modified_at: '2024-01-12T10:30:00Z',
  }))
}
