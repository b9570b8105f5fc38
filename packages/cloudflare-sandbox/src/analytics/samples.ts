import { isActive, type Link, linkOf, mayTurn, probesOf } from '../edge.ts'
import { unit } from '../hash.ts'
import type { StoredTunnel } from '../state.ts'
import { type Colo, colosOf, trafficShares } from './colos.ts'

/** One row before grouping: dimensions by their GraphQL names, and what can be averaged or summed. */
export interface Sample {
  at: number
  seconds: number
  dimensions: Record<string, string | number>
  tunnelState: number
  bits: number
  packets: number
}

/** [from, to) in milliseconds. */
export interface Span {
  from: number
  to: number
}

const budget = 40_000
const stepChoices = [15, 60, 300, 900, 3600]

/**
 * Seconds between samples: finer than a minute for short spans, coarser when there is much to look at ("adaptive"), but never
 * so coarse that a span could hold none.
 */
export function stepFor({ from, to }: Span, tunnels: number): number {
  const seconds = (to - from) / 1000
  const choices = stepChoices.filter((step) => step <= seconds && (step >= 60 || seconds <= 900))
  const fits = choices.find((step) => (seconds / step) * tunnels * 8 <= budget)
  return fits ?? choices.at(-1) ?? 15
}

interface Step {
  at: number
  seconds: number
  /** The moments at which the tunnel is looked at. Together they stand for the whole step. */
  looks: readonly number[]
}

/** Prepares what is the same at every step, then hands over the rows of one. */
type Sampler = (tunnel: StoredTunnel) => (step: Step, give: (sample: Sample) => void) => void

export function sampleTunnels(
  tunnels: readonly StoredTunnel[],
  span: Span,
  sampler: Sampler,
  isAsked: (sample: Sample) => boolean,
): Sample[] {
  const seconds = stepFor(span, tunnels.length)
  const step = seconds * 1000
  const samples: Sample[] = []
  const give = (sample: Sample) => {
    if (isAsked(sample)) samples.push(sample)
  }
  for (const tunnel of tunnels) {
    const sample = sampler(tunnel)
    const isUneven = mayTurn(tunnel)
    for (let at = Math.ceil(span.from / step) * step; at < span.to; at += step) {
      const end = Math.min(at + step, span.to)
      sample({ at, seconds, looks: isUneven(at, end) ? minutesOf(at, end) : [at] }, give)
    }
  }
  return samples
}

const minute = 60_000

/** One look at each: a single one in an hour would always meet what flaps every six minutes in the same state. */
const minutesOf = (from: number, to: number) =>
  Array.from({ length: Math.ceil((to - from) / minute) }, (_, index) => from + index * minute)

/** How many of the looks find a data centre's link in each state. */
function foundBy(looks: readonly number[], link: Link, colo: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const look of looks) {
    const state = link(colo, look)
    if (state !== null) found.set(state, (found.get(state) ?? 0) + 1)
  }
  return found
}

const resultStatuses = [
  [1, 'healthy'],
  [0.5, 'degraded'],
  [0, 'down'],
] as const

export const healthSamples: Sampler = (tunnel) => {
  const probe = probesOf(tunnel)
  const rows = colosOf(tunnel).map((colo, index) => {
    const common = {
      ...coloDimensions(colo),
      tunnelName: tunnel.name,
      siteName: '',
      remoteTunnelIPv4: tunnel.customer_endpoint,
      active: isActive(tunnel, index) ? 1 : 0,
    }
    return new Map<number, Sample['dimensions']>(
      resultStatuses.map(([state, resultStatus]) => [state, { ...common, resultStatus }]),
    )
  })
  return ({ at, seconds, looks }, give) => {
    for (const [colo, byState] of rows.entries()) {
      for (const [tunnelState, times] of foundBy(looks, probe, colo)) {
        const dimensions = byState.get(tunnelState)
        const its = (seconds * times) / looks.length
        if (dimensions) give({ at, seconds: its, dimensions, tunnelState, bits: 0, packets: 0 })
      }
    }
  }
}

const packetBits = 6400

export const trafficSamples: Sampler = (tunnel) => {
  const link = linkOf(tunnel)
  const colos = colosOf(tunnel).map(coloDimensions)
  const ways = (['inbound', 'outbound'] as const).map((direction) => ({
    rate: bitRateOf(tunnel, direction),
    rows: colos.map((colo) => ({ ...colo, ...wayDimensions(tunnel, direction) })),
  }))
  return ({ at, seconds, looks }, give) => {
    for (const { rate, rows } of ways) {
      const total = rate(at) * seconds
      for (const [colo, dimensions] of rows.entries()) {
        const share = trafficShares[colo] ?? 0
        const bits = share === 0 ? 0 : Math.round(total * share * meanOf(looks, link, colo))
        if (bits > 0) give({ at, seconds, dimensions, tunnelState: 0, bits, packets: Math.round(bits / packetBits) })
      }
    }
  }
}

/** What of the traffic gets through: the mean of the link's states, none where it has no result. */
function meanOf(looks: readonly number[], link: Link, colo: number): number {
  const sum = looks.reduce((whole, look) => whole + (link(colo, look) ?? 0), 0)
  return sum / looks.length
}

function wayDimensions({ id, name }: StoredTunnel, direction: 'inbound' | 'outbound'): Record<string, string> {
  const isIn = direction === 'inbound'
  return {
    tunnelName: name,
    direction,
    onRamp: isIn ? 'IPsec' : 'Internet',
    offRamp: isIn ? 'Internet' : 'IPsec',
    ingressTunnelID: isIn ? id : '',
    ingressTunnelName: isIn ? name : '',
    egressTunnelID: isIn ? '' : id,
    egressTunnelName: isIn ? '' : name,
  }
}

/** Bits per second: a size of its own per tunnel, busy by day, uneven from minute to minute. */
function bitRateOf(tunnel: StoredTunnel, direction: 'inbound' | 'outbound'): (at: number) => number {
  const size = 2e6 * 10 ** (2.4 * unit(`${tunnel.id} size`)) * (direction === 'inbound' ? 0.4 : 1)
  return (at) => {
    const hour = (at / 3_600_000) % 24
    const daily = 0.6 + 0.4 * Math.sin(((hour - 8) / 12) * Math.PI)
    return size * daily * (0.8 + 0.4 * unit(`${tunnel.id} ${direction} ${Math.floor(at / 60_000)}`))
  }
}

function coloDimensions({ code, city, country, region }: Colo): Record<string, string> {
  return {
    edgeColoCode: code,
    edgeColoName: code.toLowerCase(),
    edgeColoCity: city,
    edgeColoCountry: country,
    edgeColoRegion: region,
    edgePopName: code.toLowerCase(),
  }
}
