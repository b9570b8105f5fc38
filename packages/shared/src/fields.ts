import type { TunnelDraft } from './draft.ts'

export type FieldValue = string | number | boolean | null | string[]

/** How much a change can hurt: high risk asks for the tunnel's typed name before it is applied. */
export type Risk = 'low' | 'medium' | 'high'

export interface Field {
  /** Dot path into a `TunnelDraft`, and into Cloudflare's JSON but for `bgp.enabled`. */
  path: string
  /** What people and screen readers call it (design.md 6). */
  label: string
  /** Cloudflare's default, where it documents one. */
  fallback?: FieldValue
  /** Shown as "set" and never in clear in a diff or the audit log. */
  isMasked?: boolean
  /** What a change does to the network, and how much it can hurt. */
  effect: (after: FieldValue) => { text: string; risk: Risk }
}

const low = (text: string) => () => ({ text, risk: 'low' as const })
const high = (text: string) => () => ({ text, risk: 'high' as const })
const medium = (text: string) => () => ({ text, risk: 'medium' as const })

/** Every writable field, in the order of the form. Effects: screens.md C3. */
export const fields: readonly Field[] = [
  {
    path: 'name',
    label: 'Name',
    effect: low('Cloudflare keeps health history under the old name; it will start anew under this one'),
  },
  { path: 'description', label: 'Description', fallback: '', effect: low('Only a note; traffic is not touched') },
  {
    path: 'cloudflare_endpoint',
    label: 'Cloudflare endpoint',
    effect: high('The tunnel drops until the device points to the new address'),
  },
  {
    path: 'customer_endpoint',
    label: 'Customer endpoint',
    fallback: '',
    effect: high('Devices that identify themselves by this address stop matching'),
  },
  {
    path: 'interface_address',
    label: 'Interface address',
    effect: high('Both inside addresses, the BGP peer and the health target change; static routes may point nowhere'),
  },
  {
    path: 'interface_address6',
    label: 'Interface address (IPv6)',
    fallback: '',
    effect: high('IPv6 inside addresses change on both ends'),
  },
  {
    path: 'health_check.enabled',
    label: 'Health check',
    fallback: true,
    effect: (after) =>
      after
        ? { text: 'Cloudflare starts to measure this tunnel', risk: 'low' }
        : { text: 'Cloudflare cannot see a dead tunnel and keeps sending traffic into it', risk: 'high' },
  },
  {
    path: 'health_check.rate',
    label: 'Health check rate',
    fallback: 'mid',
    effect: low('Alerts may fire sooner or later'),
  },
  {
    path: 'health_check.type',
    label: 'Health check type',
    fallback: 'reply',
    effect: low('Alerts may fire differently'),
  },
  {
    path: 'health_check.direction',
    label: 'Health check direction',
    fallback: 'unidirectional',
    effect: low('Alerts may fire differently; replies take another way back'),
  },
  {
    path: 'health_check.target.saved',
    label: 'Health check target',
    fallback: '',
    effect: low('Probes go to another address; it must answer them'),
  },
  {
    path: 'bgp.enabled',
    label: 'BGP',
    effect: (after) =>
      after
        ? { text: 'Cloudflare waits for the device to open a BGP session', risk: 'medium' }
        : { text: 'The BGP session ends and its routes are withdrawn', risk: 'high' },
  },
  {
    path: 'bgp.customer_asn',
    label: 'Customer ASN',
    effect: high('The BGP session drops until the device uses this ASN'),
  },
  {
    path: 'bgp.extra_prefixes',
    label: 'Extra prefixes',
    fallback: [],
    effect: medium('The device learns a different set of prefixes'),
  },
  {
    path: 'bgp.md5_key',
    label: 'MD5 key',
    fallback: '',
    isMasked: true,
    effect: high('The BGP session drops until the device has the same key'),
  },
  {
    path: 'replay_protection',
    label: 'Replay protection',
    fallback: false,
    effect: (after) =>
      after
        ? { text: 'All traffic to this site uses one server: less spread, less resilience', risk: 'medium' }
        : { text: 'The device must have anti-replay off, or it drops packets', risk: 'medium' },
  },
  {
    path: 'automatic_return_routing',
    label: 'Automatic return routing',
    fallback: false,
    effect: medium('Return traffic takes the tunnel that it came in by'),
  },
  {
    path: 'custom_remote_identities.fqdn_id',
    label: 'Custom IKE FQDN',
    fallback: '',
    effect: medium('A device that uses the custom identity must be changed too; generated identities keep working'),
  },
]

export function fieldAt(path: string): Field | undefined {
  return fields.find((field) => field.path === path)
}

/** The value of a field in a draft. Throws for a path that is not in `fields`: that is a mistake in our code. */
export function valueAt(draft: TunnelDraft, path: string): FieldValue {
  let value: unknown = draft
  for (const key of path.split('.')) value = (value as Record<string, unknown>)[key]
  if (value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))) {
    throw new TypeError(`${path} is not a field of a tunnel`)
  }
  return value as FieldValue
}

/** A copy of the draft with one field changed. */
export function withValue(draft: TunnelDraft, path: string, value: FieldValue): TunnelDraft {
  const [key = '', ...rest] = path.split('.')
  const record = draft as unknown as Record<string, unknown>
  const child = rest.length > 0 ? withValue(record[key] as TunnelDraft, rest.join('.'), value) : value
  return { ...record, [key]: child } as unknown as TunnelDraft
}

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((entry, i) => entry === b[i]) : a === b
}

/** Whether a field holds Cloudflare's documented default. */
export function isDefault(draft: TunnelDraft, path: string): boolean {
  const fallback = fieldAt(path)?.fallback
  return fallback !== undefined && sameValue(valueAt(draft, path), fallback)
}

/**
 * The field that a JSON Pointer of an error speaks of, or `undefined`. Cloudflare points at a group
 * (`/health_check/target`) or into a list (`/bgp/extra_prefixes/0`): both land on the one field that fits.
 */
export function fieldOfPointer(pointer: string): Field | undefined {
  const path = pointer.replace(/^\//, '').replaceAll('/', '.')
  if (path === '') return undefined
  if (path === 'bgp') return fieldAt('bgp.enabled')
  return (
    fieldAt(path) ??
    fields.find((field) => path.startsWith(`${field.path}.`)) ??
    fields.find((field) => field.path.startsWith(`${path}.`))
  )
}
