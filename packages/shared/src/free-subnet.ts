import { formatIpv4, networkOf, parseCidr } from './ip.ts'

/**
 * The lowest aligned /31 of a pool that overlaps none of `taken`, or `null` when the pool is full.
 * Entries of `taken` that are not CIDRs are passed over.
 *
 *     nextFreeSubnet('10.1.0.0/30', ['10.1.0.0/31']) // '10.1.0.2/31'
 */
export function nextFreeSubnet(pool: string, taken: readonly string[]): string | null {
  const parsedPool = parseCidr(pool)
  if (!parsedPool) return null
  const { first, last } = networkOf(parsedPool)
  const blocks = taken
    .map(parseCidr)
    .filter((cidr) => cidr !== null)
    .map(networkOf)
    .sort((a, b) => a.first - b.first)

  let candidate = first
  for (const block of blocks) {
    if (block.last < candidate) continue
    if (block.first > candidate + 1) break
    candidate = Math.ceil((block.last + 1) / 2) * 2
  }
  return candidate + 1 <= last ? `${formatIpv4(candidate)}/31` : null
}
