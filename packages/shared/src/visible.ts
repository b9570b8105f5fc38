import { can, type Role } from './access.ts'
import type { Tunnel } from './tunnel.ts'

/** What support may see: no MD5 key, no IKE identities, no key dates (design.md 5). */
export type ReducedTunnel = Omit<Tunnel, 'bgp' | 'custom_remote_identities' | 'remote_identities' | 'psk_metadata'> & {
  bgp: Omit<NonNullable<Tunnel['bgp']>, 'md5_key'> | null
}
export type VisibleTunnel = Tunnel | ReducedTunnel

/**
 * The part of a tunnel that a role may see. Built by naming what is allowed, so that a field added
 * to `Tunnel` stays hidden from support until somebody decides otherwise (S10).
 */
export function visibleTunnel(tunnel: Tunnel, role: Role): VisibleTunnel {
  if (can(role, 'tunnel.read')) return tunnel
  return {
    id: tunnel.id,
    name: tunnel.name,
    description: tunnel.description,
    cloudflare_endpoint: tunnel.cloudflare_endpoint,
    customer_endpoint: tunnel.customer_endpoint,
    interface_address: tunnel.interface_address,
    interface_address6: tunnel.interface_address6,
    health_check: tunnel.health_check,
    bgp: tunnel.bgp && {
      customer_asn: tunnel.bgp.customer_asn,
      extra_prefixes: tunnel.bgp.extra_prefixes,
      import_filter_id: tunnel.bgp.import_filter_id,
      export_filter_id: tunnel.bgp.export_filter_id,
    },
    bgp_status: tunnel.bgp_status,
    replay_protection: tunnel.replay_protection,
    automatic_return_routing: tunnel.automatic_return_routing,
    allow_null_cipher: tunnel.allow_null_cipher,
    created_on: tunnel.created_on,
    modified_on: tunnel.modified_on,
  }
}

/** Whether a tunnel carries the operator's fields, or was reduced for support. */
export function isWholeTunnel(tunnel: VisibleTunnel): tunnel is Tunnel {
  return 'psk_metadata' in tunnel
}
