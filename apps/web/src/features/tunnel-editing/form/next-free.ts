import { nextFreeSubnet } from '@tunnel-console/shared/free-subnet'
import { formatIpv4, parseCidr } from '@tunnel-console/shared/ip'

const usualPool = '10.252.0.0/16'

/** The /16 that most of the account's tunnels take their inside addresses from. */
export function poolOf(taken: readonly string[]): string {
  const uses = new Map<string, number>()
  for (const text of taken) {
    const cidr = parseCidr(text)
    if (!cidr) continue
    const pool = `${formatIpv4(Math.floor(cidr.address / 65_536) * 65_536)}/16`
    uses.set(pool, (uses.get(pool) ?? 0) + 1)
  }
  return [...uses].sort(([, a], [, b]) => b - a)[0]?.[0] ?? usualPool
}

/** The lowest free /31 where the account keeps its inside addresses, or `null` when there is none. */
export function nextFree(taken: readonly string[]): string | null {
  return nextFreeSubnet(poolOf(taken), taken)
}
