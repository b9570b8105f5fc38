import type { Seen } from './ledger.ts'

export type Json = Record<string, unknown>

/** A tunnel as Cloudflare stores and shows it, in its own field names. */
export interface Wire extends Json {
  id: string
  name: string
  description: string
  cloudflare_endpoint: string
  customer_endpoint: string
  interface_address: string
  health_check: Json
  psk_metadata: { last_generated_on?: string }
  created_on: string
  modified_on: string
}

/** What Cloudflare sets itself and ignores in a body. */
const readOnly = ['id', 'created_on', 'modified_on', 'psk', 'psk_metadata', 'bgp_status', 'allow_null_cipher']

/** A body laid over a tunnel: objects merge, everything else replaces, `bgp: null` removes BGP. */
export function merged(tunnel: Wire, body: Json, at: Date): Wire {
  const next: Json = { ...tunnel }
  for (const [key, value] of Object.entries(body)) {
    if (readOnly.includes(key) || key === 'remote_identities') continue
    if (key === 'bgp' && value === null) delete next['bgp']
    else next[key] = isObject(value) && isObject(next[key]) ? { ...next[key], ...value } : value
  }
  next['health_check'] = withTarget(next['health_check'] as Json, String(next['customer_endpoint'] ?? ''))
  // Cloudflare tells this time to the second at best, so two changes within one share it.
  return { ...(next as Wire), modified_on: `${at.toISOString().slice(0, 19)}Z` }
}

function withTarget(health: Json, customerEndpoint: string): Json {
  const target = health['target']
  const saved = isObject(target) ? String(target['saved'] ?? '') : typeof target === 'string' ? target : ''
  return { ...health, target: { saved, effective: saved || customerEndpoint } }
}

/** A new tunnel with Cloudflare's defaults where the body says nothing. */
export function fresh(id: string, body: Json, at: Date): Wire {
  const blank: Wire = {
    id,
    name: '',
    description: '',
    cloudflare_endpoint: '',
    customer_endpoint: '',
    interface_address: '',
    health_check: { enabled: true, rate: 'mid', type: 'reply', direction: 'unidirectional' },
    replay_protection: false,
    automatic_return_routing: false,
    allow_null_cipher: false,
    remote_identities: { fqdn_id: `${id}.33145236.ipsec.cloudflare.com`, hex_id: '', user_id: '' },
    psk_metadata: {},
    created_on: at.toISOString(),
    modified_on: at.toISOString(),
  }
  return merged(blank, body, at)
}

/** The fields that the judge looks at. A body may hold only some of them. */
export function seenIn(body: Json): Partial<Seen> {
  const health = isObject(body['health_check']) ? body['health_check'] : {}
  const { name, description, customer_endpoint } = body
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof description === 'string' && { description }),
    ...(typeof customer_endpoint === 'string' && { customer_endpoint }),
    ...(typeof health['rate'] === 'string' && { rate: health['rate'] }),
  }
}

export function seen(tunnel: Wire): Seen {
  return { name: '', description: '', customer_endpoint: '', rate: '', ...seenIn(tunnel) }
}

export function md5KeyOf(body: Json | null): string | null {
  const bgp = body?.['bgp']
  return isObject(bgp) && typeof bgp['md5_key'] === 'string' && bgp['md5_key'] !== '' ? bgp['md5_key'] : null
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
