import type { BgpFacts, Topic } from './facts.ts'
import type { Judged } from './judge.ts'
import type { Wants } from './wants.ts'

/** What each state before Established waits for (RFC 4271, 8.2.2). */
const waits: ReadonlyMap<string, string> = new Map([
  ['Idle', 'The session is stopped, or waits before it tries again: look for the last error on the device.'],
  ['Connect', 'No TCP connection to the neighbour: is the IPsec tunnel up, and the neighbour’s address right?'],
  ['Active', 'No TCP connection to the neighbour: is the IPsec tunnel up, and the neighbour’s address right?'],
  ['OpenSent', 'Connected, and no answer to OPEN: compare the ASNs and the MD5 key.'],
  ['OpenConfirm', 'Nearly there: compare hold times, and look again in a moment.'],
])

/** The session with Cloudflare among all that a device has: by its neighbour, else by Cloudflare's ASN, else the only one. */
export function sessionFor(sessions: readonly BgpFacts[], { cloudflare, bgp }: Wants): BgpFacts | null {
  const byAsn = sessions.filter(({ remoteAsn }) => remoteAsn === String(bgp?.cloudflareAsn))
  return (
    sessions.find(({ neighbour }) => neighbour === cloudflare.inside) ??
    (byAsn.length === 1 ? byAsn[0] : undefined) ??
    (sessions.length === 1 ? sessions[0] : undefined) ??
    null
  )
}

/** One session held against the tunnel. A tunnel without BGP expects none. */
export function judgeBgp(session: BgpFacts, { cloudflare, bgp }: Wants): [Topic, Judged][] {
  if (bgp === null) {
    const yours = session.neighbour ?? 'a BGP session'
    const why = 'BGP is off for this tunnel at Cloudflare, so nobody answers.'
    return [['bgp-neighbour', { verdict: 'doubt', yours, expected: 'no session', why }]]
  }
  const equal = (topic: Topic, yours: string | null, expected: string): [Topic, Judged][] =>
    yours === null ? [] : [[topic, { verdict: yours === expected ? 'fits' : 'differs', yours, expected }]]
  const isUp = session.state === 'Established'
  const why = waits.get(session.state ?? '')
  const state: Judged | null =
    session.state === null
      ? null
      : {
          verdict: isUp ? 'fits' : 'differs',
          yours: session.state,
          expected: 'Established',
          ...(why !== undefined && !isUp ? { why } : {}),
        }
  return [
    ...(state ? [['bgp-state', state] satisfies [Topic, Judged]] : []),
    ...equal('bgp-neighbour', session.neighbour, cloudflare.inside),
    ...equal('bgp-local-asn', session.localAsn, bgp.deviceAsn),
    ...equal('bgp-remote-asn', session.remoteAsn, String(bgp.cloudflareAsn)),
  ]
}
