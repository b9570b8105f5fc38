import { formatIpv4, networkOf, parseCidr, parseIpv4 } from '@tunnel-console/shared/ip'

/** `10.1.0.0` and `255.255.0.0` as `10.1.0.0/16`. A mask with holes stays as it is: then it is no CIDR and fits nothing. */
export function networkOfMask(address: string, mask: string): string {
  const bits = (parseIpv4(mask) ?? 1).toString(2).padStart(32, '0')
  return `${address}/${/^1*0*$/.test(bits) ? bits.replace(/0/g, '').length : mask}`
}

/** `0.0.0.0-255.255.255.255` as `0.0.0.0/0`. What is no block of CIDR stays `first-last`, which fits nothing. */
export function networkOfRange(first: string, last: string): string {
  const [from, to] = [parseIpv4(first), parseIpv4(last)]
  const size = from === null || to === null ? 0 : to - from + 1
  const prefixLength = 32 - Math.log2(size)
  const cidr = Number.isInteger(prefixLength) ? parseCidr(`${first}/${prefixLength}`) : null
  return cidr && networkOf(cidr).first === from ? `${formatIpv4(cidr.address)}/${prefixLength}` : `${first}-${last}`
}
