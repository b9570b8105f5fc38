import { addressBytes, type Block, blockContains } from '@tunnel-console/shared/address'

/**
 * Where a request really came from: the peer of the socket, or, when that is a proxy we trust, whom it names. Each proxy adds
 * the address that it saw at the right end of `X-Forwarded-For`, so the list is read from there as long as the hop is one of
 * ours; what stands further left anybody can have written (S62). A hop that is no address ends the reading: the proxy before
 * it is the last that is known.
 */
export function clientOf(
  peer: string | undefined,
  forwardedFor: string | null,
  trusted: readonly Block[],
): string | undefined {
  if (peer === undefined) return undefined
  const hops = (forwardedFor ?? '').split(',').map((hop) => hostOf(hop.trim()))
  let client = peer
  for (const hop of hops.toReversed()) {
    if (!trusted.some((block) => blockContains(block, client)) || addressBytes(hop) === null) break
    client = hop
  }
  // IPv4 by way of a socket for both families.
  return client.replace(/^::ffff:(?=\d+\.)/i, '')
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function hostOf(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop
}
