import type { Planned } from './planned.ts'
import type { BgpState, TunnelState, TunnelStatus } from './status.ts'
import type { ChangeMark, DataCentreHealth, StatusPeriod } from './status-answers.ts'
import type { Tunnel } from './tunnel.ts'

/** What is known of a tunnel when somebody asks why it is as it is. No key, no identity, no date of a key. */
export interface Observations {
  state: TunnelState
  /** 0 to 1, the mean of its probes; `null`: no data. */
  score: number | null
  dataCentres: readonly DataCentreHealth[]
  /** `null`: BGP is not used. */
  bgp: BgpState | null
  /** Whether the TCP connection of BGP stands. */
  hasTcp: boolean
  probe: { type: string; direction: string; target: string }
  ends: { cloudflare: string; customer: string; inside: string }
  replayProtection: boolean
  /** Whether checks have ever passed since it was created; `null`: nobody measured long enough. */
  everPassed: boolean | null
  /** The last change in the half hour before the state began, and how many whole minutes before that it was. */
  change: { mark: ChangeMark; minutesBefore: number } | null
  /** How often it left Up within the last hour. */
  outages: number
  /** Short spells of Degraded at even distances; `null`: none, or not even. */
  dips: { count: number; everyMinutes: number } | null
  /** Work that was announced for it and goes on. */
  planned: Planned | null
}

/** From what a status and its history tell. Periods are the oldest first, without gaps. */
export interface Sources {
  tunnel: Tunnel
  status: TunnelStatus
  dataCentres: readonly DataCentreHealth[]
  periods: readonly StatusPeriod[]
  /** When the state began; `null`: not known. */
  since: string | null
  /** Changes of the half hour before that, oldest first. */
  changes: readonly ChangeMark[]
  now: Date
}

export function observationsOf({ tunnel, status, dataCentres, periods, since, changes, now }: Sources): Observations {
  const { health_check: check } = tunnel
  return {
    state: status.state,
    score: status.health?.score ?? null,
    dataCentres,
    bgp: status.bgp?.state ?? null,
    hasTcp: tunnel.bgp_status?.tcp_established ?? false,
    probe: { type: check.type, direction: check.direction, target: check.target.effective || check.target.saved },
    ends: {
      cloudflare: tunnel.cloudflare_endpoint,
      customer: tunnel.customer_endpoint,
      inside: tunnel.interface_address.split('/', 1)[0] ?? '',
    },
    replayProtection: tunnel.replay_protection,
    everPassed: everPassed(periods, tunnel.created_on),
    change: lastChange(changes, since ?? now.toISOString()),
    outages: outagesSince(periods, now.getTime() - 3_600_000),
    dips: dipsSince(periods, now),
    planned: status.planned,
  }
}

const passing: ReadonlySet<TunnelState> = new Set(['up', 'degraded', 'recovering'])
/** The first look at a new tunnel comes a poll later. */
const firstLookMs = 15 * 60_000

function everPassed(periods: readonly StatusPeriod[], createdOn: string | null): boolean | null {
  if (periods.some(({ state }) => passing.has(state))) return true
  const measured = periods.find(({ state }) => state !== 'unknown')
  const created = Date.parse(createdOn ?? '')
  if (!measured || Number.isNaN(created)) return null
  return Date.parse(measured.from) - created <= firstLookMs ? false : null
}

function lastChange(changes: readonly ChangeMark[], began: string): Observations['change'] {
  const mark = changes.findLast(({ at }) => Date.parse(at) <= Date.parse(began))
  return mark ? { mark, minutesBefore: Math.floor((Date.parse(began) - Date.parse(mark.at)) / 60_000) } : null
}

const suffering: ReadonlySet<TunnelState> = new Set(['down', 'degraded'])

function outagesSince(periods: readonly StatusPeriod[], start: number): number {
  return periods.filter(({ state, from }, index) => {
    const before = periods[index - 1]?.state
    return suffering.has(state) && Date.parse(from) >= start && (before === 'up' || before === 'recovering')
  }).length
}

/** Three minutes without answers, seen through a window of two minutes of probes. */
const longestDipMs = 5 * 60_000
const dayMs = 24 * 3_600_000

/** Renewing keys shows as short dips, and by the clock: each distance within 15 % of their mean. */
function dipsSince(periods: readonly StatusPeriod[], now: Date): Observations['dips'] {
  const starts = periods
    .filter(({ state, from, to }) => state === 'degraded' && lastedMs(from, to, now) < longestDipMs)
    .map(({ from }) => Date.parse(from))
    .filter((at) => at >= now.getTime() - dayMs)
  const distances = starts.slice(1).map((at, index) => at - (starts[index] ?? at))
  if (distances.length < 2) return null
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length
  const isEven = distances.every((distance) => Math.abs(distance - mean) <= 0.15 * mean)
  return isEven ? { count: starts.length, everyMinutes: Math.round(mean / 60_000) } : null
}

const lastedMs = (from: string, to: string | null, now: Date) =>
  (to === null ? now.getTime() : Date.parse(to)) - Date.parse(from)
