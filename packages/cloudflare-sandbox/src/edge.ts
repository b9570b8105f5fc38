import { peerAddress } from '@tunnel-console/shared/ip'
import { hash32, unit } from './hash.ts'
import type { StoredTunnel } from './state.ts'

const second = 1000
const minute = 60 * second

/** How many of a tunnel's data centres see its traffic; the rest only probe it. */
const activeColos = 5

export function hasKey(tunnel: StoredTunnel): boolean {
  return tunnel.psk_metadata.last_generated_on !== undefined
}

/** Whether a data centre carries the tunnel's traffic: none does before there is a key. */
export const isActive = (tunnel: StoredTunnel, colo: number): boolean => hasKey(tunnel) && colo < activeColos

/** 1 healthy, 0.5 degraded, 0 down, `null` no result. Colos are numbered by traffic, busiest first. */
export type LinkState = 0 | 0.5 | 1 | null
export type Link = (colo: number, at: number) => LinkState

/** What the probes of one data centre say. A tunnel whose checks are off reads 0, as on Cloudflare's dashboard. */
export function probesOf(tunnel: StoredTunnel): Link {
  const link = linkOf(tunnel)
  if (tunnel.health_check.enabled) return link
  return (colo, at) => (link(colo, at) === null ? null : 0)
}

/** How the tunnel fares from one data centre at one instant, whether anything probes it or not. */
export function linkOf(tunnel: StoredTunnel): Link {
  const { story } = tunnel
  const { beginning, since } = turnsOf(tunnel)
  const idle = Array.from({ length: 8 }, (_, colo) => idleState(tunnel, colo))
  const isKeyed = hasKey(tunnel)
  return (colo, at) => {
    if (at < beginning || story.health === 'silent') return null
    if (!isKeyed) return 0
    if (colo >= activeColos && story.health !== 'down') return idle[colo] ?? 1
    return storied(tunnel, colo, at, at - since)
  }
}

/** When anything is told of a tunnel first, and when its story had its turn. */
function turnsOf({ story, created_on }: StoredTunnel): { beginning: number; since: number } {
  const isNew = story.health === 'new'
  const created = Date.parse(created_on) + (isNew ? minute : 0)
  return {
    beginning: Math.max(created, Date.parse(story.namedOn ?? created_on)),
    since: Date.parse(isNew ? (story.keyedOn ?? story.since) : story.since),
  }
}

/** A new device answers so long after it got its key. */
const answersAfter = 45 * second

/** Whether a tunnel may be in more than one state within a time. What comes and goes may be at any. */
export function mayTurn(tunnel: StoredTunnel): (from: number, to: number) => boolean {
  const { beginning, since } = turnsOf(tunnel)
  const turns = [beginning, since, since + answersAfter]
  const comesAndGoes = tunnel.story.health === 'flapping' || tunnel.story.health === 'recovering'
  return (from, to) => comesAndGoes || turns.some((turn) => turn > from && turn < to)
}

/** Data centres without traffic are often degraded for years, and nobody needs to care. */
function idleState(tunnel: StoredTunnel, colo: number): 0 | 0.5 | 1 {
  const luck = unit(`${tunnel.id} idle ${colo}`)
  return luck < 0.12 ? 0 : luck < 0.3 ? 0.5 : 1
}

function storied({ story, id }: StoredTunnel, colo: number, at: number, age: number): 0 | 0.5 | 1 {
  switch (story.health) {
    case 'degraded':
      return age < 0 ? 1 : (([0.5, 0.5, 0, 1, 1] as const)[colo] ?? 1)
    case 'colo-down':
      return age >= 0 && colo === 0 ? 0 : 1
    case 'down':
      return age < 0 ? 1 : 0
    case 'flapping':
      return (Math.floor(at / minute) + hash32(id)) % 6 < 4 ? 1 : 0
    case 'recovering':
      return recovering(colo, age)
    case 'new':
      return age < answersAfter ? 0 : 1
    default:
      return 1
  }
}

/** Every 40 minutes: five down, then colo after colo back to healthy, the last one 30 minutes later. */
function recovering(colo: number, age: number): 0 | 0.5 | 1 {
  if (age < 0) return 1
  const phase = (age / minute) % 40
  if (phase < 5) return 0
  return phase < 29 + colo * 1.5 ? 0.5 : 1
}

export interface BgpStatus {
  state: 'BGP_UP' | 'BGP_DOWN' | 'BGP_ESTABLISHING'
  tcp_established: boolean
  updated_at: string
  bgp_state: string
  cf_speaker_ip: string
  cf_speaker_port?: number
  customer_speaker_ip: string
  customer_speaker_port?: number
}

const bgpStates = {
  up: { state: 'BGP_UP', tcp_established: true, bgp_state: 'Established' },
  down: { state: 'BGP_DOWN', tcp_established: false, bgp_state: 'Idle' },
  connecting: { state: 'BGP_ESTABLISHING', tcp_established: false, bgp_state: 'Active' },
  opening: { state: 'BGP_ESTABLISHING', tcp_established: true, bgp_state: 'OpenSent' },
} as const

/** The BGP session as Cloudflare's side sees it, reported every five minutes; `null` where BGP is not configured. */
export function bgpStatus(tunnel: StoredTunnel, at: number): BgpStatus | null {
  if (!tunnel.bgp) return null
  const known = bgpStates[bgpPhase(tunnel, at)]
  const offset = hash32(`${tunnel.id} bgp`) % (5 * minute)
  const report = Math.floor((at - offset) / (5 * minute)) * 5 * minute + offset
  const begun = Date.parse(tunnel.story.bgpOn ?? tunnel.created_on)
  return {
    ...known,
    updated_at: new Date(Math.max(report, begun)).toISOString(),
    cf_speaker_ip: tunnel.interface_address.split('/')[0] ?? '',
    customer_speaker_ip: peerAddress(tunnel.interface_address) ?? '',
    // The device opens the connection to Cloudflare's port 179, never the other way round.
    ...(known.tcp_established
      ? { cf_speaker_port: 179, customer_speaker_port: 32768 + (hash32(`${tunnel.id} port`) % 28000) }
      : {}),
  }
}

function bgpPhase(tunnel: StoredTunnel, at: number): keyof typeof bgpStates {
  const { story } = tunnel
  const link = linkOf(tunnel)
  const isDark = [0, 1, 2, 3, 4].every((colo) => !link(colo, at))
  if (!hasKey(tunnel)) return 'down'
  if (story.bgp === 'up' && isDark) return story.health === 'new' ? 'connecting' : 'down'
  const isFresh = story.bgpOn !== undefined && at < Date.parse(story.bgpOn) + minute
  return story.bgp === 'up' && isFresh ? 'connecting' : story.bgp
}
