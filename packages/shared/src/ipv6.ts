import { parseIpv4 } from './ip.ts'

/** Whether text is an IPv6 address in any of its written forms (RFC 4291, 2.2), zone ids excluded. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const tail = groups.at(-1)
  const embedsIpv4 = tail?.includes('.') ?? false
  if (embedsIpv4 && (parseIpv4(tail ?? '') === null || text.endsWith('::'))) return false
  const hex = embedsIpv4 ? groups.slice(0, -1) : groups
  const width = hex.length + (embedsIpv4 ? 2 : 0)
  return hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? width < 8 : width === 8)
}
