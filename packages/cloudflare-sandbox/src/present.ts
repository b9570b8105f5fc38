import { peerAddress } from '@tunnel-console/shared/ip'
import { bgpStatus } from './edge.ts'
import { toHex } from './hash.ts'
import type { StoredTunnel } from './state.ts'

export interface View {
  accountNumber: number
  now: Date
  /** Whether the request carried `x-magic-new-hc-target: true`. */
  objectTargets: boolean
}

/** `ipsec_id`, the IKE identity of type ID_KEY_ID. */
export function ipsecId(tunnel: StoredTunnel, accountNumber: number): string {
  return `${accountNumber}_${tunnel.id}`
}

/** The default follows Cloudflare's health check reference: over the Internet to the router, or inside to its peer. */
export function effectiveTarget(tunnel: StoredTunnel): string {
  const { target, direction } = tunnel.health_check
  if (target !== '') return target
  const peer = peerAddress(tunnel.interface_address) ?? ''
  return direction === 'bidirectional' || tunnel.customer_endpoint === '' ? peer : tunnel.customer_endpoint
}

/**
 * A tunnel as the API answers it. A configured BGP always carries `md5_key` and `extra_prefixes`, empty ones too, as
 * terraform-provider-cloudflare #6733 reports; addresses that were never set are left out.
 */
export function presentTunnel(tunnel: StoredTunnel, view: View): Record<string, unknown> {
  const { story: _, fqdn_id, bgp, customer_endpoint, interface_address6, health_check, ...plain } = tunnel
  const host = `${tunnel.id}.${view.accountNumber}.ipsec.cloudflare.com`
  const target = view.objectTargets
    ? { effective: effectiveTarget(tunnel), saved: health_check.target }
    : health_check.target
  return {
    ...plain,
    ...(customer_endpoint === '' ? {} : { customer_endpoint }),
    ...(interface_address6 === '' ? {} : { interface_address6 }),
    allow_null_cipher: false,
    health_check: { ...health_check, target },
    ...(bgp ? { bgp, bgp_status: bgpStatus(tunnel, view.now.getTime()) } : {}),
    ...(fqdn_id === '' ? {} : { custom_remote_identities: { fqdn_id } }),
    remote_identities: {
      hex_id: toHex(new TextEncoder().encode(ipsecId(tunnel, view.accountNumber))),
      fqdn_id: host,
      user_id: `ipsec@${host}`,
    },
  }
}
