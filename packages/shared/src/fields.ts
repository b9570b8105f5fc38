import type { TunnelDraft } from './draft.ts'
import { chosenTarget, high, inSession, low, medium } from './effects.ts'
import type { Field, FieldPath, FieldsOf } from './field.ts'
import * as rule from './field-rules.ts'
import { isEmpty, sameValue, valueAt } from './field-values.ts'

/**
 * Every writable field, in the order of the form, and everything that the console knows about it: forms, checks, request
 * bodies, diffs, the configuration tab, the audit log and support's view read from here. A field that is missing is a type
 * error.
 */
export const fields = {
  name: {
    label: 'Name',
    section: 'identity',
    control: 'text',
    rule: rule.name,
    support: true,
    hint: 'Unique in the account. Health history is kept by this name.',
    effect: low('Cloudflare keeps health history under the old name; it will start anew under this one'),
  },
  description: {
    label: 'Description',
    section: 'identity',
    control: 'lines',
    default: '',
    rule: rule.description,
    support: true,
    effect: low('Only a note; traffic is not touched'),
  },
  cloudflare_endpoint: {
    label: 'Cloudflare endpoint',
    section: 'endpoints',
    control: 'address',
    rule: rule.cloudflareEndpoint,
    support: true,
    hint: 'The anycast address that the device connects to.',
    effect: high('The tunnel drops until the device points to the new address'),
  },
  customer_endpoint: {
    label: 'Customer endpoint',
    section: 'endpoints',
    control: 'address',
    default: '',
    rule: rule.customerEndpoint,
    support: true,
    hint: 'The device’s public address. Leave it empty when the address changes or lies behind NAT.',
    effect: high('Devices that identify themselves by this address stop matching'),
  },
  interface_address: {
    label: 'Interface address',
    section: 'inside',
    control: 'subnet',
    rule: rule.interfaceAddress,
    support: true,
    hint: 'Cloudflare’s end with its prefix, such as 10.252.2.20/31.',
    effect: high('Both inside addresses, the BGP peer and the health target change; static routes may point nowhere'),
  },
  interface_address6: {
    label: 'Interface address (IPv6)',
    section: 'inside',
    control: 'subnet',
    default: '',
    rule: rule.interfaceAddress6,
    support: true,
    hint: 'With /127.',
    effect: high('IPv6 inside addresses change on both ends'),
  },
  'health_check.enabled': {
    label: 'Health check',
    section: 'health',
    control: 'switch',
    default: true,
    rule: rule.flag,
    support: true,
    effect: (_, { health_check }) =>
      health_check.enabled
        ? { text: 'Cloudflare starts to measure this tunnel', risk: 'low' }
        : { text: 'Cloudflare cannot see a dead tunnel and keeps sending traffic into it', risk: 'high' },
  },
  'health_check.rate': {
    label: 'Health check rate',
    section: 'health',
    ...rule.oneOf({ low: 'Low', mid: 'Medium', high: 'High' }),
    default: 'mid',
    support: true,
    effect: low('Alerts may fire sooner or later'),
  },
  'health_check.type': {
    label: 'Health check type',
    section: 'health',
    ...rule.oneOf({ reply: 'Reply', request: 'Request' }),
    default: 'reply',
    support: true,
    effect: low('Alerts may fire differently'),
  },
  'health_check.direction': {
    label: 'Health check direction',
    section: 'health',
    ...rule.oneOf({ unidirectional: 'Unidirectional', bidirectional: 'Bidirectional' }),
    default: 'unidirectional',
    support: true,
    hint: 'Bidirectional probes come back through the tunnel; unidirectional ones over the Internet.',
    effect: low('Alerts may fire differently; replies take another way back'),
  },
  'health_check.target.saved': {
    label: 'Health check target',
    section: 'health',
    control: 'address',
    default: '',
    rule: rule.healthTarget,
    support: true,
    effect: (_, after) => {
      const where = after.health_check.target.saved === '' ? chosenTarget(after) : 'another address'
      return { text: `Probes go to ${where}; it must answer them`, risk: 'low' }
    },
  },
  'bgp.enabled': {
    label: 'BGP',
    section: 'bgp',
    control: 'switch',
    rule: rule.flag,
    support: true,
    pointer: '/bgp',
    effect: (_, { bgp }) =>
      bgp.enabled
        ? { text: 'Cloudflare waits for the device to open a BGP session', risk: 'medium' }
        : { text: 'The BGP session ends and its routes are withdrawn', risk: 'high' },
  },
  'bgp.customer_asn': {
    label: 'Customer ASN',
    section: 'bgp',
    control: 'number',
    rule: rule.customerAsn,
    support: true,
    hint: `The device’s own ASN. Cloudflare’s is ${rule.cloudflareAsn}.`,
    effect: inSession('The BGP session drops until the device uses this ASN'),
  },
  'bgp.extra_prefixes': {
    label: 'Extra prefixes',
    section: 'bgp',
    control: 'list',
    default: [],
    rule: rule.extraPrefixes,
    support: true,
    hint: 'Announced to the device besides those of your routes. One on each line.',
    effect: inSession('The device learns a different set of prefixes', 'medium'),
  },
  'bgp.md5_key': {
    label: 'MD5 key',
    section: 'bgp',
    control: 'secret',
    default: '',
    rule: rule.md5Key,
    support: false,
    hint: 'The same on the device. Up to 80 printable characters, without " and ?.',
    effect: inSession('The BGP session drops until the device has the same key'),
  },
  replay_protection: {
    label: 'Replay protection',
    section: 'protection',
    control: 'switch',
    default: false,
    rule: rule.flag,
    support: true,
    hint: 'All traffic of this tunnel then uses one Cloudflare server. Without it, turn anti-replay off on the device.',
    effect: (_, { replay_protection }) =>
      replay_protection
        ? { text: 'All traffic to this site uses one server: less spread, less resilience', risk: 'medium' }
        : { text: 'The device must have anti-replay off, or it drops packets', risk: 'medium' },
  },
  automatic_return_routing: {
    label: 'Automatic return routing',
    section: 'protection',
    control: 'switch',
    default: false,
    rule: rule.flag,
    support: true,
    hint: 'Return traffic takes the tunnel that it came in by. Only for accounts that have it.',
    effect: medium('Return traffic takes the tunnel that it came in by'),
  },
  'custom_remote_identities.fqdn_id': {
    label: 'Custom IKE FQDN',
    section: 'ike',
    control: 'hostname',
    default: '',
    rule: rule.customFqdn,
    support: false,
    hint: 'LABEL.ACCOUNT.custom.ipsec.cloudflare.com, for devices that cannot use the generated identity.',
    effect: medium('A device that uses the custom identity must be changed too; generated identities keep working'),
  },
} as const satisfies FieldsOf<TunnelDraft>

/** The same as a list, in the order of the form. */
export const fieldList: readonly Field[] = (Object.keys(fields) as FieldPath[]).map((path) => ({
  path,
  ...fields[path],
}))

const byPath = new Map<string, Field>(fieldList.map((field) => [field.path, field]))

export function fieldAt(path: string): Field | undefined {
  return byPath.get(path)
}

/** Whether a field holds Cloudflare's documented default. */
export function isDefault(draft: TunnelDraft, path: string): boolean {
  const usual = fieldAt(path)?.default
  return usual !== undefined && sameValue(valueAt(draft, path), usual)
}

/** Whether a field may stay empty. */
export function isOptional({ default: usual }: Field): boolean {
  return usual !== undefined && isEmpty(usual)
}

/**
 * The field that a JSON Pointer of an error speaks of, or `undefined`. Cloudflare points at a group
 * (`/health_check/target`) or into a list (`/bgp/extra_prefixes/0`): both land on the one field that fits.
 */
export function fieldOfPointer(pointer: string): Field | undefined {
  const path = pointer.replace(/^\//, '').replaceAll('/', '.')
  if (path === '') return undefined
  return (
    fieldList.find((field) => field.pointer === pointer) ??
    fieldAt(path) ??
    fieldList.find((field) => path.startsWith(`${field.path}.`)) ??
    fieldList.find((field) => field.path.startsWith(`${path}.`))
  )
}
