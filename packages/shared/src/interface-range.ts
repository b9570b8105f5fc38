import { networkOf, parseCidr } from './ip.ts'

/**
 * The ranges Cloudflare accepts for an interface address: RFC 1918 and, for clouds that insist on
 * link-local inside addresses, 169.254.240.0/20 (Cloudflare docs, "Configure tunnel endpoints").
 */
const interfaceRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.240.0/20'] as const

/** Whether every address of a CIDR lies in one of `interfaceRanges`. */
export function isInInterfaceRange(cidrText: string): boolean {
  const cidr = parseCidr(cidrText)
  if (!cidr) return false
  const block = networkOf(cidr)
  return interfaceRanges.some((range) => {
    const outer = parseCidr(range)
    if (!outer) return false
    const { first, last } = networkOf(outer)
    return first <= block.first && block.last <= last
  })
}
