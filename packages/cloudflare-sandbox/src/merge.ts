import { isObject, type Json } from './body.ts'
import type { StoredBgp, StoredHealthCheck, StoredTunnel } from './state.ts'
import { switchesIn } from './switches.ts'

const string = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback)
const bool = (value: unknown, fallback: boolean): boolean => (typeof value === 'boolean' ? value : fallback)

/**
 * A tunnel with the fields of a body laid over it; what the body leaves out stays, inside `health_check`, `bgp` and
 * `custom_remote_identities` too. Cloudflare's guides show PUT bodies with a single field and samples where all else
 * is intact, so the sandbox merges although the API description lists required fields.
 * The body's types must have been checked.
 */
export function mergeTunnel(tunnel: StoredTunnel, body: Json): StoredTunnel {
  const identities = isObject(body['custom_remote_identities']) ? body['custom_remote_identities'] : {}
  return {
    ...tunnel,
    name: string(body['name'], tunnel.name),
    description: string(body['description'], tunnel.description),
    cloudflare_endpoint: string(body['cloudflare_endpoint'], tunnel.cloudflare_endpoint),
    customer_endpoint: string(body['customer_endpoint'], tunnel.customer_endpoint),
    interface_address: string(body['interface_address'], tunnel.interface_address),
    interface_address6: string(body['interface_address6'], tunnel.interface_address6),
    ...switchesIn(body),
    health_check: mergeHealthCheck(tunnel.health_check, body['health_check']),
    bgp: mergeBgp(tunnel.bgp, body['bgp']),
    fqdn_id: string(identities['fqdn_id'], tunnel.fqdn_id),
  }
}

function mergeHealthCheck(check: StoredHealthCheck, patch: unknown): StoredHealthCheck {
  if (!isObject(patch)) return check
  const target = isObject(patch['target']) ? patch['target']['saved'] : patch['target']
  return {
    enabled: bool(patch['enabled'], check.enabled),
    rate: string(patch['rate'], check.rate),
    type: string(patch['type'], check.type),
    direction: string(patch['direction'], check.direction),
    target: string(target, check.target),
  }
}

/** `null` removes BGP. Without an ASN the result carries 0, which the checks refuse. */
function mergeBgp(bgp: StoredBgp | null, patch: unknown): StoredBgp | null {
  if (patch === null) return null
  if (!isObject(patch)) return bgp
  const prefixes: unknown[] | null = Array.isArray(patch['extra_prefixes']) ? patch['extra_prefixes'] : null
  const importFilter = string(patch['import_filter_id'], bgp?.import_filter_id ?? '')
  const exportFilter = string(patch['export_filter_id'], bgp?.export_filter_id ?? '')
  return {
    customer_asn: typeof patch['customer_asn'] === 'number' ? patch['customer_asn'] : (bgp?.customer_asn ?? 0),
    extra_prefixes: prefixes?.map(String) ?? bgp?.extra_prefixes ?? [],
    md5_key: string(patch['md5_key'], bgp?.md5_key ?? ''),
    ...(importFilter === '' ? {} : { import_filter_id: importFilter }),
    ...(exportFilter === '' ? {} : { export_filter_id: exportFilter }),
  }
}
