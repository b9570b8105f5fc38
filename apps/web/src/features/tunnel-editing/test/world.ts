import type { OutcomeAnswer, StatusAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import type { TunnelState } from '@tunnel-console/shared/status'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { type Answer, problem } from '../../../test/bff.tsx'

export const tunnelId = '0'.repeat(31).concat('7')

export const branch = Tunnel.parse({
  id: tunnelId,
  name: 'branch-07',
  cloudflare_endpoint: '162.159.64.1',
  customer_endpoint: '203.0.113.10',
  interface_address: '10.252.2.20/31',
  psk_metadata: { last_generated_on: '2026-01-02T03:04:05Z' },
})

/** The list with these tunnels. */
export const list = (...tunnels: TunnelListAnswer['tunnels']): Answer => ({
  body: {
    tunnels,
    fetchedAt: '',
    stale: false,
    unreadable: 0,
    doubted: null,
    failure: null,
  } satisfies TunnelListAnswer,
})

/** The status answer of now, with these states by tunnel id. */
export function statuses(states: Record<string, TunnelState>): Answer {
  const source = { at: null, ok: true, failure: null }
  const entries = Object.entries(states).map(([id, state]) => [id, { state, reason: '', bgp: null, health: null }])
  const body: StatusAnswer = { statuses: Object.fromEntries(entries), sources: { tunnels: source, health: source } }
  return { body }
}

/** What `POST /api/changes/outcome` tells, one answer after the other; the last one stays. */
export function outcomes(...answers: (OutcomeAnswer | Answer)[]) {
  const told = answers.map((answer) => ('outcome' in answer ? { body: answer } : answer))
  return { 'POST /api/changes/outcome': () => (told.length > 1 ? told.shift() : told[0]) ?? problem('internal') }
}
