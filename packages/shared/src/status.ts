import type { Tunnel } from './tunnel.ts'

/** Worst first: the order of the list. */
export const tunnelStates = [
  'down',
  'degraded',
  'recovering',
  'needs-key',
  'establishing',
  'unknown',
  'not-monitored',
  'up',
] as const
export type TunnelState = (typeof tunnelStates)[number]

export const stateWords: Record<TunnelState, string> = {
  down: 'Down',
  degraded: 'Degraded',
  recovering: 'Recovering',
  'needs-key': 'Needs key',
  establishing: 'Establishing',
  unknown: 'Unknown',
  'not-monitored': 'Not monitored',
  up: 'Up',
}

/** A tunnel that went from one state to another. */
export interface Transition {
  tunnelId: string
  name: string
  from: TunnelState
  to: TunnelState
  /** Why it is now as it is. */
  reason: string
  /** UTC, ISO 8601. */
  at: string
}

export type BgpState = 'up' | 'establishing' | 'down' | 'unknown'

/** Cloudflare's health of a tunnel: the mean of its probes, 0 down to 1 healthy, and when it was read. */
export interface HealthSample {
  score: number
  at: string
}

/** The compact status of one tunnel, as `GET /api/status` gives it to every role. */
export interface TunnelStatus {
  state: TunnelState
  /** Why, in a few plain words that follow from the data and nothing else. */
  reason: string
  bgp: { state: BgpState; word: string; updatedAt: string | null } | null
  health: HealthSample | null
  /** When this state began: UTC, ISO 8601. `null`: not known. */
  since: string | null
  /** `false`: it has been so at least since then; nobody measured what was before. */
  isSinceExact: boolean
  /**
   * What of the tunnel's traffic goes through data centres that are not up; `null` when that cannot be told (not monitored,
   * no data). `share` is 0 to 1, `null` when traffic cannot be read.
   */
  affected: { share: number | null; dataCentres: number } | null
  /** Of an unknown state whose data is too old: what was known last. */
  was: { state: TunnelState; at: string } | null
  /**
   * The last 24 hours, one letter an hour, oldest first: the worst state in that hour. u up, g degraded, r recovering, d down,
   * e establishing, k needs key, m not monitored, x unknown.
   */
  day: string
  /** Work that somebody announced, still going on: Down is "Down, planned until …". */
  planned: { until: string; text: string; by: string } | null
}

/** What a status holds beside the state itself while nothing is known of before. */
export const noHistory = {
  since: null,
  isSinceExact: false,
  affected: null,
  was: null,
  day: 'x'.repeat(24),
  planned: null,
} as const satisfies Partial<TunnelStatus>

/** A new tunnel has this long to bring its first result before silence counts as Unknown. */
const graceAfterCreation = 10 * 60_000

/** A `Map`, since a plain object would find `constructor` in itself. */
const knownBgpStates: ReadonlyMap<string, [BgpState, string]> = new Map([
  ['BGP_UP', ['up', 'Up']],
  ['BGP_ESTABLISHING', ['establishing', 'Establishing']],
  ['BGP_DOWN', ['down', 'Down']],
])

/** What an enum of Cloudflare's means here. A value we do not know is shown as itself and is never green (U14). */
export function bgpStatusOf(tunnel: Pick<Tunnel, 'bgp' | 'bgp_status'>): TunnelStatus['bgp'] {
  const { bgp, bgp_status: status } = tunnel
  if (!bgp && !status) return null
  if (!status) return { state: 'unknown', word: 'No data', updatedAt: null }
  const [state, word] = knownBgpStates.get(status.state) ?? ['unknown' as const, `Unknown (${status.state})`]
  return { state, word, updatedAt: status.updated_at }
}

/** What is known beside the figure itself. What is absent is not known. */
export interface Circumstances {
  /** The score of the newest two minutes alone. */
  recent?: number | null
  affected?: TunnelStatus['affected']
  /** The last figure, where it is too old to be believed. */
  oldHealth?: HealthSample | null
  /** When the tunnel list was read, where that is so long ago that what it says of BGP is not believed. */
  oldList?: string | null
}

/**
 * The state of a tunnel by the rules of `stateOf`, first match wins; 40 % and 80 % are the limits of Cloudflare's
 * dashboard (docs/cloudflare.md). `health` is `null` when Cloudflare has no figure for it, or when the figure is too old to
 * be believed: the caller decides that, this function has no clock but `now`. What needs a memory (`since`, `day`, `planned`)
 * is as in `noHistory`.
 */
export function tunnelStatus(
  tunnel: Tunnel,
  health: HealthSample | null,
  now: Date,
  circumstances: Circumstances = {},
): TunnelStatus {
  const bgp = bgpStatusOf(tunnel)
  const [state, reason] = stateOf({ tunnel, bgp, health, now, ...circumstances })
  // Of a tunnel without a key nothing tells what would pass through it.
  const isMeasured = health !== null && !['unknown', 'not-monitored', 'needs-key'].includes(state)
  const affected = isMeasured ? (circumstances.affected ?? null) : null
  const was = state === 'unknown' ? lastKnown(tunnel, health, now, circumstances) : null
  return { state, reason, bgp, health, ...noHistory, affected, was }
}

type Facts = Circumstances & { tunnel: Tunnel; bgp: TunnelStatus['bgp']; health: HealthSample | null; now: Date }

function stateOf(facts: Facts): [TunnelState, string] {
  const { tunnel, bgp, health } = facts
  if (tunnel.psk_metadata?.last_generated_on === null && !isHealthy(health)) {
    return ['needs-key', 'No pre-shared key yet']
  }
  if (!tunnel.health_check.enabled) return ['not-monitored', 'The health check is off']
  if (health && health.score < 0.8) return sickState(health, facts.recent ?? null)
  if (bgp && health && facts.oldList) return ['unknown', 'Checks pass, but what is known of BGP is too old']
  if (health && bgp?.state === 'down') return ['degraded', 'Checks pass, but BGP is down']
  if (bgp?.state === 'establishing') return ['establishing', 'BGP is being established']
  // Up asks for BGP that is up or not used: a word that nobody knows is no such proof.
  if (health && bgp?.state === 'unknown') {
    return ['unknown', `Health checks pass, but the state of the BGP session is not known: ${bgp.word}`]
  }
  if (health) return ['up', `Health checks pass ${percent(health)}`]
  return silentState(facts)
}

/** Cloudflare's figure falls at once and rises slowly: the newest minutes tell what it will be. */
function sickState(health: HealthSample, recent: number | null): [TunnelState, string] {
  if (recent !== null && recent >= 0.8) {
    return ['recovering', `Checks pass now, after ${percent(health)} over five minutes`]
  }
  return [health.score < 0.4 ? 'down' : 'degraded', `Health checks pass ${percent(health)}`]
}

function silentState({ tunnel, now, oldHealth }: Facts): [TunnelState, string] {
  const age = tunnel.created_on ? now.getTime() - Date.parse(tunnel.created_on) : Number.POSITIVE_INFINITY
  if (age < graceAfterCreation) return ['establishing', 'New, no health check yet']
  return oldHealth ? ['unknown', 'The last health data is too old'] : ['unknown', 'No health data']
}

/** What an unknown tunnel was by the last data that there is; `null` where that tells no more. */
function lastKnown(
  tunnel: Tunnel,
  health: HealthSample | null,
  now: Date,
  { oldHealth = null, oldList = null }: Circumstances,
): TunnelStatus['was'] {
  const last = health ?? oldHealth
  const at = oldHealth?.at ?? oldList
  if (!last || !at) return null
  const [state] = stateOf({ tunnel, bgp: bgpStatusOf(tunnel), health: last, now })
  return state === 'unknown' ? null : { state, at }
}

function isHealthy(health: HealthSample | null): boolean {
  return health !== null && health.score >= 0.8
}

function percent({ score }: HealthSample): string {
  return `${Math.round(score * 100)}%`
}

/** Sorts worst first, then by name. Comparing with one `Intl.Collator` is 20 times faster than `localeCompare`. */
export function stateRank(state: TunnelState): number {
  return tunnelStates.indexOf(state)
}
