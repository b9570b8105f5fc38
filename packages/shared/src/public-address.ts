import { cidrContains, parseIpv4 } from './ip.ts'

/** Blocks that nobody reaches over the Internet, and what they are (the IANA special-purpose registry, RFC 6890). */
const blocks: readonly [cidr: string, what: string][] = [
  ['10.0.0.0/8', 'a private address (RFC 1918)'],
  ['172.16.0.0/12', 'a private address (RFC 1918)'],
  ['192.168.0.0/16', 'a private address (RFC 1918)'],
  ['100.64.0.0/10', 'an address behind a carrier’s NAT (RFC 6598)'],
  ['169.254.0.0/16', 'a link-local address'],
  ['127.0.0.0/8', 'a loopback address'],
  ['0.0.0.0/8', 'no address of a host'],
  ['224.0.0.0/4', 'a multicast address'],
  ['240.0.0.0/4', 'a reserved address'],
]

/** A soft warning for an address that a device on the Internet cannot have; `null` for one that it can, and for no address. */
export function publicAddressWarning(text: string): string | null {
  const address = text.trim()
  if (parseIpv4(address) === null) return null
  const what = blocks.find(([cidr]) => cidrContains(cidr, address))?.[1]
  return what ? `This is ${what}. Cloudflare cannot reach it; is the device behind NAT? Then leave it empty.` : null
}
