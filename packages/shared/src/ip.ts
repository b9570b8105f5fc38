/** An IPv4 address with its prefix, host bits kept: `10.0.0.9/31` is `{address: 0x0a000009, prefixLength: 31}`. */
export interface Cidr {
  address: number
  prefixLength: number
}

/** First and last address of a block, both included, as unsigned 32-bit numbers. */
export interface AddressRange {
  first: number
  last: number
}

/**
 * An IPv4 address in dotted decimal as an unsigned 32-bit number, or `null` when it is not one.
 * Leading zeros are refused: some parsers read them as octal (RFC 6943, 3.1.1).
 */
export function parseIpv4(text: string): number | null {
  let address = 0
  let octets = 0
  // -1: no digit of it yet.
  let octet = -1
  // By characters: a filter or a sort reads ten thousand addresses at once.
  for (let at = 0; at <= text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit >= 0 && digit <= 9) {
      if (octet === 0) return null
      octet = Math.max(octet, 0) * 10 + digit
      if (octet > 255) return null
    } else {
      if (octet < 0 || (at < text.length && text[at] !== '.')) return null
      address = address * 256 + octet
      octets++
      octet = -1
    }
  }
  return octets === 4 ? address : null
}

/** The dotted decimal form of an unsigned 32-bit number. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
}

/** An IPv4 CIDR with its host bits, or `null`. The prefix length is required: `10.0.0.1` alone is not a CIDR. */
export function parseCidr(text: string): Cidr | null {
  const [host = '', length = '', ...rest] = text.split('/')
  const address = parseIpv4(host)
  if (address === null || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(length) || Number(length) > 32) return null
  return { address, prefixLength: Number(length) }
}

/** The block that a CIDR lies in. `networkOf({address: 10.0.0.9, prefixLength: 31})` is 10.0.0.8 to 10.0.0.9. */
export function networkOf({ address, prefixLength }: Cidr): AddressRange {
  const size = 2 ** (32 - prefixLength)
  const first = Math.floor(address / size) * size
  return { first, last: first + size - 1 }
}

/** Whether two CIDRs share at least one address. Text that is not a CIDR overlaps nothing. */
export function cidrsOverlap(a: string, b: string): boolean {
  const left = parseCidr(a)
  const right = parseCidr(b)
  return left !== null && right !== null && rangesOverlap(networkOf(left), networkOf(right))
}

/** Whether a CIDR holds an address: `cidrContains('10.0.0.8/31', '10.0.0.9')`. */
export function cidrContains(cidr: string, address: string): boolean {
  return cidrsOverlap(cidr, `${address}/32`)
}

function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last
}

/**
 * The address that the device at the other end configures on its side of a tunnel.
 *
 * Cloudflare stores one address, its own, as `interface_address`. A /31 holds exactly two
 * addresses (RFC 3021), so the peer is the other one; a /30 has two usable hosts, the middle
 * pair. Anything else has no single peer, and the answer is `null`.
 *
 *     peerAddress('10.1.0.10/31') // '10.1.0.11'
 *     peerAddress('10.1.0.5/30')  // '10.1.0.6'
 *     peerAddress('10.1.0.4/30')  // null: the network address
 */
export function peerAddress(interfaceAddress: string): string | null {
  const cidr = parseCidr(interfaceAddress)
  if (!cidr) return null
  const { first } = networkOf(cidr)
  const host = cidr.address - first
  if (cidr.prefixLength === 31) return formatIpv4(first + (1 - host))
  if (cidr.prefixLength === 30 && (host === 1 || host === 2)) return formatIpv4(first + (3 - host))
  return null
}
