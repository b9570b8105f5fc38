import { cidrContains, parseIpv4 } from './ip.ts'

export interface Searchable {
  id: string
  name: string
  description: string
  cloudflare_endpoint: string
  customer_endpoint: string
  interface_address: string
  interface_address6: string
}

/**
 * A test for the words of a filter box: every word must be found in the name, description, id or an address. A whole
 * IPv4 address also finds the tunnel whose inside subnet contains it: `10.252.2.21` finds 10.252.2.20/31.
 */
export function createFilter(query: string): (tunnel: Searchable) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const matchers = words.map((word) => {
    const isAddress = parseIpv4(word) !== null
    return (tunnel: Searchable) =>
      isAddress ? hasAddress(tunnel, word) || mentions(tunnel, word) : haystackOf(tunnel).includes(word)
  })
  return (tunnel) => matchers.every((matches) => matches(tunnel))
}

function hasAddress(tunnel: Searchable, address: string): boolean {
  return (
    tunnel.cloudflare_endpoint === address ||
    tunnel.customer_endpoint === address ||
    cidrContains(tunnel.interface_address, address)
  )
}

/** Whether the name or the note speaks of this address, and not of a longer one that begins like it. */
function mentions({ name, description }: Searchable, address: string): boolean {
  return `${name} ${description}`.split(/[^\d.]+|\.(?!\d)/).includes(address)
}

function haystackOf(tunnel: Searchable): string {
  return [
    tunnel.name,
    tunnel.description,
    tunnel.id,
    tunnel.cloudflare_endpoint,
    tunnel.customer_endpoint,
    tunnel.interface_address,
    tunnel.interface_address6,
  ]
    .join('\n')
    .toLowerCase()
}
