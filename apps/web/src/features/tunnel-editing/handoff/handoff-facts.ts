import type { HandoffContent } from '../../../lib/handoff-seal.ts'
import type { PskTunnel } from '../psk/psk-tunnel.ts'

export interface Fact {
  name: 'tunnel' | 'peer' | 'identity'
  /** What the box says, with the value. */
  choice: string
  facts: HandoffContent['facts']
}

/** What can be put beside the key: what the device needs to know, and nothing of it that is not known. */
export function factsFor({ name, peerAddress, identities }: PskTunnel, ipsecId: string | undefined): Fact[] {
  const identity = identities?.fqdn_id || ipsecId
  const all: Fact[] = [
    { name: 'tunnel', choice: 'Tunnel name', facts: [{ label: 'Tunnel', value: name }] },
    { name: 'peer', choice: 'Cloudflare endpoint', facts: [{ label: 'Peer address', value: peerAddress }] },
    { name: 'identity', choice: 'IKE identity', facts: [{ label: 'IKE ID (FQDN)', value: identity ?? '' }] },
  ]
  return all.filter(({ facts }) => facts.every(({ value }) => value !== ''))
}

export const mostHours = 24

/** What is wrong with how long a link is to count, or `null`. */
export function hoursComplaint(text: string): string | null {
  const hours = /^\d+$/.test(text.trim()) ? Number(text) : 0
  return hours >= 1 && hours <= mostHours ? null : `Choose 1 to ${mostHours} hours`
}
