import { bgpStatusOf } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import type { Look } from '../../ui/state-look.ts'
import { bgpLook } from './looks.ts'

export interface BgpStep extends Look {
  name: string
  hint: string
}

const waiting: Look = { tone: 'unknown', shape: 'dashed-ring', word: 'Waiting' }
const done = (word: string): Look => ({ tone: 'up', shape: 'circle', word })
const opening = (word: string): Look => ({ tone: 'establishing', shape: 'half-ring', word })

/** The way of a BGP session: TCP, then the session, then Up. `bgp_state` is the raw state of RFC 4271, 8.2.2. */
export function bgpSteps(tunnel: Pick<VisibleTunnel, 'bgp' | 'bgp_status'>): BgpStep[] {
  const status = tunnel.bgp_status
  const bgp = bgpStatusOf(tunnel as Parameters<typeof bgpStatusOf>[0])
  if (!status || !bgp) return []
  const isUp = bgp.state === 'up'
  const hasTcp = status.tcp_established || isUp
  const raw = status.bgp_state
  const tcp: Look = hasTcp
    ? done('Connected')
    : bgp.state === 'down'
      ? { tone: 'down', shape: 'square-cross', word: 'Not connected' }
      : opening('Connecting')
  const session = isUp ? done(raw || 'Established') : hasTcp ? opening(raw || 'Opening') : waiting
  return [
    { name: 'TCP', hint: 'A connection between the two inside addresses, port 179', ...tcp },
    { name: 'Session', hint: 'Both ends agree on ASN, MD5 key and options', ...session },
    {
      name: 'Up',
      hint: 'Routes are exchanged',
      ...(isUp || hasTcp || bgp.state === 'unknown' ? bgpLook(bgp) : waiting),
    },
  ]
}
