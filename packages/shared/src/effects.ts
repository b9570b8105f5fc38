import type { TunnelDraft } from './draft.ts'
import type { Effect, Risk } from './field.ts'
import { peerAddress } from './ip.ts'

/** What a change of a field does to the network, whatever its value was and becomes. */
const always = (risk: Risk) => (text: string) => (): Effect => ({ text, risk })

export const low = always('low')
export const medium = always('medium')
export const high = always('high')

/** High risk for a session that goes on. Where BGP itself is switched, that is the change, and this is a part of it. */
export function inSession(text: string, risk: Risk = 'high') {
  return ({ bgp: was }: TunnelDraft, { bgp: is }: TunnelDraft): Effect => {
    if (!was.enabled) return { text: 'Part of the new BGP session', risk: 'low' }
    return is.enabled ? { text, risk } : { text: 'Ends with the BGP session', risk: 'low' }
  }
}

/**
 * Where Cloudflare probes while no health target is set, in words: the customer's side of the inside subnet for
 * bidirectional checks, the customer endpoint for unidirectional ones.
 */
export function chosenTarget({ health_check, interface_address, customer_endpoint }: TunnelDraft): string {
  const isInside = health_check.direction === 'bidirectional'
  const whose = isInside ? 'your end of the inside subnet' : 'the customer endpoint'
  const address = isInside ? peerAddress(interface_address) : customer_endpoint
  return address ? `${whose} (${address})` : whose
}
