import type { StatusAnswer } from './api.ts'
import { peerAddress } from './ip.ts'
import { bgpStatusOf, type TunnelState, type TunnelStatus } from './status.ts'
import type { VisibleTunnel } from './visible.ts'

/** One step of the way through a tunnel. */
export interface PathStep {
  /** Such as "Health check". */
  name: string
  /** Whose shape it has; what it is called is `word`. `not-monitored`: not used, or waiting for a step before it. */
  state: TunnelState
  word: string
  /** What that rests on, or why it is not known: one sentence. */
  why: string
  /** When that was so: UTC, ISO 8601. `null`: no source has told anything. */
  at: string | null
}

export interface PathFacts {
  tunnel: VisibleTunnel
  /** `undefined`: no status could be read. */
  status: TunnelStatus | undefined
  sources: StatusAnswer['sources'] | undefined
}

/** What the steps are judged by. */
interface Seen extends PathFacts {
  bgp: TunnelStatus['bgp']
  /** A probe came back of late: 0 to 1; `null` where nothing is measured. */
  score: number | null
  hasKey: boolean
  /** When the tunnel list was read, which tells of the key, of settings and of BGP. */
  listAt: string | null
  healthAt: string | null
  /** Packets of BGP pass between the inside addresses. */
  hasTcp: boolean
}

type Step = Omit<PathStep, 'name'>

/**
 * The way through a tunnel, step by step as far as data tell: Cloudflare, key exchange, inside addresses, health check, BGP. No
 * field of Cloudflare's tells of IKE or of the inside addresses (docs/cloudflare.md, "Status"): those two are inferred from what
 * can only have passed through them, and else not known. Never `up` without such a proof.
 */
export function pathOf(facts: PathFacts): PathStep[] {
  const seen = seenIn(facts)
  return [
    { name: 'Cloudflare', ...cloudflareStep(seen) },
    { name: 'Key exchange (IKE)', ...ikeStep(seen) },
    { name: 'Inside addresses', ...insideStep(seen) },
    { name: 'Health check', ...healthStep(seen) },
    { name: 'BGP', ...bgpStep(seen) },
  ]
}

function seenIn(facts: PathFacts): Seen {
  const { tunnel, status, sources } = facts
  const bgp = status ? status.bgp : bgpStatusOf(tunnel as Parameters<typeof bgpStatusOf>[0])
  const health = tunnel.health_check.enabled ? (status?.health ?? null) : null
  return {
    ...facts,
    bgp,
    score: health?.score ?? null,
    hasKey: status?.state !== 'needs-key',
    listAt: sources?.tunnels.at ?? null,
    healthAt: health?.at ?? null,
    hasTcp: bgp?.state === 'up' || (bgp !== null && tunnel.bgp_status?.tcp_established === true),
  }
}

const bgpAt = ({ bgp, listAt }: Seen) => bgp?.updatedAt ?? listAt

function cloudflareStep({ tunnel, listAt, sources }: Seen): Step {
  const where = `Cloudflare has this tunnel, at ${tunnel.cloudflare_endpoint || 'an address that it does not tell'}`
  if (sources?.tunnels.ok === false)
    return { state: 'unknown', word: 'Was set up', why: `${where}; no newer list could be read.`, at: listAt }
  return { state: 'up', word: 'Set up', why: `${where}.`, at: listAt }
}

const notTold = 'Cloudflare’s API does not tell of it'

function ikeStep(seen: Seen): Step {
  const { hasKey, hasTcp, score, listAt, healthAt } = seen
  if (!hasKey)
    return { state: 'needs-key', word: 'No key', why: 'It cannot begin without a pre-shared key.', at: listAt }
  const works = { state: 'up', word: 'Works, inferred' } as const
  if (score !== null && score > 0)
    return { ...works, why: `${notTold}, but probes come back, and they go through the tunnel.`, at: healthAt }
  if (hasTcp)
    return {
      ...works,
      why: `${notTold}, but the connection of BGP stands, and it runs inside the tunnel.`,
      at: bgpAt(seen),
    }
  if (score === 0)
    return {
      state: 'unknown',
      word: 'Not known',
      why: `${notTold}, and no probe comes back: it may have failed. The device’s own log tells.`,
      at: healthAt,
    }
  return {
    state: 'unknown',
    word: 'Not known',
    why: `${notTold}, and nothing that passes through the tunnel is measured.`,
    at: null,
  }
}

function insideStep(seen: Seen): Step {
  const { tunnel, hasKey, hasTcp, score, healthAt, listAt } = seen
  const peer = peerAddress(tunnel.interface_address)
  const ends = peer ? `${tunnel.interface_address.split('/', 1)[0]} and ${peer}` : 'the two inside addresses'
  if (!hasKey)
    return { state: 'not-monitored', word: 'Waiting', why: 'Nothing passes before there is a key.', at: listAt }
  const reached = { state: 'up', word: 'Reached, inferred' } as const
  if (hasTcp) return { ...reached, why: `BGP is connected between ${ends}.`, at: bgpAt(seen) }
  const { target, direction } = tunnel.health_check
  const probed = target.effective || target.saved
  const isProbed = direction === 'bidirectional' && (probed === '' || probed === peer)
  if (isProbed && score !== null && score > 0)
    return { ...reached, why: `Probes go to ${peer ?? 'the inside address'} and come back.`, at: healthAt }
  if (isProbed && score === 0)
    return {
      state: 'unknown',
      word: 'Not known',
      why: `Probes to ${peer ?? 'the inside address'} do not come back; whether the address or a step before it fails cannot be seen.`,
      at: healthAt,
    }
  return { state: 'unknown', word: 'Not known', why: `Nothing that is measured uses ${ends}.`, at: null }
}

function healthStep({ tunnel, status, sources, score, healthAt, listAt, hasKey }: Seen): Step {
  if (!tunnel.health_check.enabled)
    return {
      state: 'not-monitored',
      word: 'Off',
      why: 'The health check is switched off, so nothing is probed.',
      at: listAt,
    }
  if (score === null) return noHealth(status, sources, hasKey)
  const passing = `${Math.round(score * 100)}% of the probes pass`
  if (status?.state === 'recovering')
    return {
      state: 'recovering',
      word: 'Passes again',
      why: `The newest probes pass; over five minutes ${passing}.`,
      at: healthAt,
    }
  const late = sources?.health.ok === false ? '; the last reading failed' : ''
  const [state, word] = healthWords(score)
  return { state, word, why: `${passing}${late}.`, at: healthAt }
}

function healthWords(score: number): [TunnelState, string] {
  if (score >= 0.8) return ['up', 'Passes']
  return score >= 0.4 ? ['degraded', 'Partly passes'] : ['down', 'Fails']
}

function noHealth(status: TunnelStatus | undefined, sources: PathFacts['sources'], hasKey: boolean): Step {
  const none = { state: 'unknown', word: 'Not known', at: status?.was?.at ?? null } as const
  if (!hasKey)
    return { ...none, state: 'not-monitored', word: 'Waiting', why: 'No probe passes before there is a key.' }
  if (!status || !sources) return { ...none, why: 'No status could be read.' }
  if (status.was) return { ...none, why: 'The last health data is too old to be believed.' }
  return sources.health.ok
    ? { ...none, why: 'Cloudflare’s analytics tell of no probe of this tunnel.' }
    : { ...none, why: 'Cloudflare’s analytics cannot be read.' }
}

function bgpStep(seen: Seen): Step {
  const { bgp, listAt, hasTcp } = seen
  if (!bgp)
    return { state: 'not-monitored', word: 'Not used', why: 'Static routes lead traffic into this tunnel.', at: listAt }
  const at = bgpAt(seen)
  if (bgp.state === 'unknown') {
    const why =
      bgp.updatedAt === null && !hasTcp
        ? 'It is configured, and Cloudflare has not told how it does.'
        : 'Cloudflare tells a state of it that this console does not know.'
    return { state: 'unknown', word: bgp.word, why, at }
  }
  const why = {
    up: 'The two ends exchange routes.',
    establishing: 'The two ends are opening a session.',
    down: hasTcp ? 'The two ends are connected, but agree on no session.' : 'The two ends are not connected.',
  }[bgp.state]
  return { state: bgp.state, word: bgp.word, why, at }
}
