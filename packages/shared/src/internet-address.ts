import { blockContains, parseBlock } from './address.ts'

/**
 * What is not the public internet, by IANA's registries of special-purpose addresses (RFC 6890 and what was added since):
 * loopback, private, link-local with the metadata services of clouds, shared, multicast, and what embeds another address.
 */
const special = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
  // Looks public, and is the host of a virtual machine on Azure: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  '168.63.129.16/32',
].flatMap((text) => parseBlock(text) ?? [])

/** All unicast of IPv6 that is routed. Everything beside it, unique local and NAT64 included, is not. */
const globalUnicast = [parseBlock('2000::/3')].flatMap((block) => block ?? [])

/**
 * Whether an address, of either family, is one of the public internet. What is no address is none. IPv4 written as IPv6
 * counts as what it is.
 */
export function isInternetAddress(address: string): boolean {
  if (special.some((block) => blockContains(block, address))) return false
  const isIpv4 = blockContains({ bytes: [0, 0, 0, 0], prefixLength: 0 }, address)
  return isIpv4 || globalUnicast.some((block) => blockContains(block, address))
}
