import { activeColos, probe } from '../edge.ts'
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

const budget = 400_000
const stepChoices = [15, 60, 300, 900, 3600]

/** Seconds between samples: finer than a minute for short spans, coarser when there is much to look at ("adaptive"). */
export function stepFor({ from, to }: Span, tunnels: number): number {
  const seconds = (to - from) / 1000
  const fits = stepChoices.find((step) => (seconds / step) * tunnels * 8 <= budget && (step >= 60 || seconds <= 900))
  return fits ?? 3600
}

type Sampler = (tunnel: StoredTunnel, at: number, seconds: number) => Sample[]

export function sampleTunnels(tunnels: readonly StoredTunnel[], span: Span, sampler: Sampler): Sample[] {
  const seconds = stepFor(span, tunnels.length)
  const step = seconds * 1000
  const samples: Sample[] = []
  for (const tunnel of tunnels) {
    for (let at = Math.ceil(span.from / step) * step; at < span.to; at += step) {
      for (const sample of sampler(tunnel, at, seconds)) samples.push(sample)
    }
  }
  return samples
}

export const healthSamples: Sampler = (tunnel, at, seconds) =>
  colosOf(tunnel).flatMap((colo, index) => {
    const state = probe(tunnel, index, at)
    if (state === null) return []
    const dimensions = {
      ...coloDimensions(colo),
      tunnelName: tunnel.name,
      siteName: '',
      remoteTunnelIPv4: tunnel.customer_endpoint,
      resultStatus: state === 1 ? 'healthy' : state === 0.5 ? 'degraded' : 'down',
      active: index < activeColos ? 1 : 0,
    }
    return [{ at, seconds, dimensions, tunnelState: state, bits: 0, packets: 0 }]
  })

const packetBits = 6400

export const trafficSamples: Sampler = (tunnel, at, seconds) =>
  (['inbound', 'outbound'] as const).flatMap((direction) => {
    const rate = bitRate(tunnel, direction, at)
    return colosOf(tunnel).flatMap((colo, index) => {
      const share = (trafficShares[index] ?? 0) * (probe(tunnel, index, at) ?? 0)
      if (share === 0) return []
      const bits = Math.round(rate * share * seconds)
      const other = direction === 'inbound' ? 'ingress' : 'egress'
      const dimensions = {
        ...coloDimensions(colo),
        tunnelName: tunnel.name,
        direction,
        onRamp: direction === 'inbound' ? 'IPsec' : 'Internet',
        offRamp: direction === 'inbound' ? 'Internet' : 'IPsec',
        ingressTunnelID: other === 'ingress' ? tunnel.id : '',
        ingressTunnelName: other === 'ingress' ? tunnel.name : '',
        egressTunnelID: other === 'egress' ? tunnel.id : '',
        egressTunnelName: other === 'egress' ? tunnel.name : '',
      }
      return [{ at, seconds, dimensions, tunnelState: 0, bits, packets: Math.round(bits / packetBits) }]
    })
  })

/** Bits per second: a size of its own per tunnel, busy by day, uneven from minute to minute. */
function bitRate(tunnel: StoredTunnel, direction: string, at: number): number {
  const size = 2e6 * 10 ** (2.4 * unit(`${tunnel.id} size`))
  const hour = (at / 3_600_000) % 24
  const daily = 0.6 + 0.4 * Math.sin(((hour - 8) / 12) * Math.PI)
  const uneven = 0.8 + 0.4 * unit(`${tunnel.id} ${direction} ${Math.floor(at / 60_000)}`)
  return size * daily * uneven * (direction === 'inbound' ? 0.4 : 1)
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
