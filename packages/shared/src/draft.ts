import type { Tunnel } from './tunnel.ts'

/**
 * The writable half of a tunnel, complete: what forms edit, diffs compare and merges combine.
 * `bgp.enabled` is ours: Cloudflare says "no BGP" by leaving `bgp` out.
 */
export interface TunnelDraft {
  name: string
  description: string
  cloudflare_endpoint: string
  customer_endpoint: string
  interface_address: string
  interface_address6: string
  health_check: { enabled: boolean; rate: string; type: string; direction: string; target: { saved: string } }
  bgp: { enabled: boolean; customer_asn: number | null; extra_prefixes: string[]; md5_key: string }
  replay_protection: boolean
  automatic_return_routing: boolean
  custom_remote_identities: { fqdn_id: string }
}

/**
 * A new tunnel before anything is typed. The direction is always explicit, since the API's default
 * (unidirectional) and the dashboard's for WAN (bidirectional) disagree (docs/cloudflare.md).
 */
export const blankDraft: TunnelDraft = {
  name: '',
  description: '',
  cloudflare_endpoint: '',
  customer_endpoint: '',
  interface_address: '',
  interface_address6: '',
  health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional', target: { saved: '' } },
  bgp: { enabled: false, customer_asn: null, extra_prefixes: [], md5_key: '' },
  replay_protection: false,
  automatic_return_routing: false,
  custom_remote_identities: { fqdn_id: '' },
}

export function draftOf(tunnel: Tunnel): TunnelDraft {
  const { health_check, bgp } = tunnel
  return {
    name: tunnel.name,
    description: tunnel.description,
    cloudflare_endpoint: tunnel.cloudflare_endpoint,
    customer_endpoint: tunnel.customer_endpoint,
    interface_address: tunnel.interface_address,
    interface_address6: tunnel.interface_address6,
    health_check: {
      enabled: health_check.enabled,
      rate: health_check.rate,
      type: health_check.type,
      direction: health_check.direction,
      target: { saved: health_check.target.saved },
    },
    bgp: {
      enabled: bgp !== null,
      customer_asn: bgp?.customer_asn ?? null,
      extra_prefixes: bgp?.extra_prefixes ?? [],
      md5_key: bgp?.md5_key ?? '',
    },
    replay_protection: tunnel.replay_protection,
    automatic_return_routing: tunnel.automatic_return_routing,
    custom_remote_identities: { fqdn_id: tunnel.custom_remote_identities.fqdn_id },
  }
}
