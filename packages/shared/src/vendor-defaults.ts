import type { TunnelDraft } from './draft.ts'
import { blankDraft } from './draft.ts'
import type { FieldPath, FieldValue } from './field.ts'
import { sameValue, valueAt, withValue } from './field-values.ts'

/** What is usual for one kind of device, and why. */
export interface VendorDefault {
  path: FieldPath
  value: FieldValue
  reason: string
}

interface Vendor {
  id: string
  label: string
  /** Only what differs from one kind of device to the next; all else is as in `blankDraft`. */
  defaults: (draft: TunnelDraft) => readonly VendorDefault[]
  /** The template in `device-config` that is for it; absent: the one that fits any device. */
  template?: string
  /** What else somebody should know before the next step. */
  note?: string
}

const type = (value: 'request' | 'reply', reason: string): VendorDefault => ({
  path: 'health_check.type',
  value,
  reason,
})

const replayOn = (reason: string): VendorDefault => ({ path: 'replay_protection', value: true, reason })

/** Stateful firewalls drop an echo reply that nobody asked for (Cloudflare docs, "Troubleshoot tunnel health"). */
const dropsReplies = (name: string) =>
  type('request', `${name} drops echo replies that nobody asked for, so Cloudflare must send requests.`)

const only =
  (...defaults: readonly VendorDefault[]) =>
  () =>
    defaults

const cannotTurnOff = (name: string) =>
  replayOn(`${name} cannot turn its own anti-replay off, so Cloudflare must keep packets in order.`)

const guideSaysOn = (name: string) => replayOn(`Cloudflare’s guide for ${name} turns it on.`)

/** Azure answers at its public address only, and not to requests (Cloudflare’s guide for Azure VPN gateways). */
const azure = ({ customer_endpoint: address }: TunnelDraft): readonly VendorDefault[] => [
  type('reply', 'Azure’s gateway does not answer echo requests; Cloudflare’s guide sends replies.'),
  guideSaysOn('Azure'),
  ...(address === ''
    ? []
    : [
        {
          path: 'health_check.target.saved',
          value: address,
          reason: 'Azure’s gateway answers at its public address, not at its inside one.',
        } as const,
      ]),
]

const awsNote = 'AWS takes inside addresses from 169.254.240.0/20 only, as a /30 whose first address is its own.'

const azureNote =
  'BGP on Azure does not work over link-local inside addresses: take private ones. Cloudflare’s end is the upper one.'

/**
 * The devices that have defaults of their own or a published guide, in the order of the list. Sources: Cloudflare's guides for
 * third-party devices, its page on anti-replay protection and its page on tunnel health (docs/cloudflare.md).
 */
export const vendors: readonly Vendor[] = [
  { id: 'aws', template: 'aws', label: 'AWS VPN', defaults: only(cannotTurnOff('AWS')), note: awsNote },
  { id: 'azure', template: 'azure', label: 'Azure VPN gateway', defaults: azure, note: azureNote },
  { id: 'check-point', label: 'Check Point', defaults: only(dropsReplies('Check Point')) },
  { id: 'cisco', template: 'cisco-ios-xe', label: 'Cisco IOS XE', defaults: only(dropsReplies('Cisco')) },
  { id: 'fortinet', template: 'fortigate', label: 'Fortinet FortiGate', defaults: only(dropsReplies('FortiGate')) },
  { id: 'gcp', template: 'gcp', label: 'Google Cloud VPN', defaults: only(guideSaysOn('Google Cloud')) },
  { id: 'juniper', template: 'juniper-srx', label: 'Juniper SRX', defaults: only() },
  {
    id: 'meraki',
    label: 'Cisco Meraki MX',
    defaults: only(cannotTurnOff('Meraki'), {
      path: 'health_check.rate',
      value: 'low',
      reason: 'Cloudflare’s guide for Meraki probes at the low rate.',
    }),
    note: 'Cloudflare’s guide sets the health check target to an address in the LAN behind the Meraki.',
  },
  {
    id: 'mikrotik',
    template: 'mikrotik',
    label: 'MikroTik',
    defaults: only(
      replayOn(
        'Nobody has published how to turn anti-replay off on RouterOS, so this is the careful choice. Untested.',
      ),
    ),
  },
  { id: 'palo-alto', template: 'palo-alto', label: 'Palo Alto PAN-OS', defaults: only(dropsReplies('PAN-OS')) },
  { id: 'pfsense', template: 'pfsense', label: 'pfSense', defaults: only(guideSaysOn('pfSense')) },
  { id: 'strongswan', template: 'strongswan', label: 'strongSwan', defaults: only() },
  { id: 'ubiquiti', template: 'unifi', label: 'Ubiquiti UniFi', defaults: only() },
  { id: 'velocloud', label: 'VeloCloud', defaults: only(cannotTurnOff('VeloCloud')) },
  { id: 'vyos', template: 'vyos', label: 'VyOS', defaults: only() },
  { id: 'other', label: 'Something else', defaults: only() },
]

export const vendorOf = (id: string | null): Vendor | null => vendors.find((vendor) => vendor.id === id) ?? null

/** Every field that some vendor has a default for. */
const paths: readonly FieldPath[] = [
  'health_check.type',
  'health_check.rate',
  'health_check.target.saved',
  'replay_protection',
]

/** What the console last put into a field by itself, by path. A field that holds anything else was set by hand. */
export type Given = Readonly<Partial<Record<FieldPath, FieldValue>>>

/**
 * Puts a vendor's defaults into a draft, in place of those that were given before. A field that the person has set keeps its
 * value. Gives the draft and what is given now. Asked again, it changes nothing.
 *
 *     withVendorDefaults(blankDraft, 'meraki', {}).draft.replay_protection // true
 */
export function withVendorDefaults(draft: TunnelDraft, vendor: string | null, given: Given) {
  const usual = vendorOf(vendor)?.defaults(draft) ?? []
  let next = draft
  const now: Partial<Record<FieldPath, FieldValue>> = { ...given }
  for (const path of paths) {
    const before = given[path] ?? valueAt(blankDraft, path)
    if (!sameValue(valueAt(draft, path), before)) continue
    const value = usual.find((entry) => entry.path === path)?.value ?? valueAt(blankDraft, path)
    now[path] = value
    next = withValue(next, path, value)
  }
  return { draft: next, given: now }
}

/** What is usual for a vendor in one field, and whether the draft has it so; `null` where nothing is. */
export function usualFor(draft: TunnelDraft, vendor: string | null, path: FieldPath) {
  const entry = vendorOf(vendor)
    ?.defaults(draft)
    .find((other) => other.path === path)
  return entry ? { ...entry, isKept: sameValue(valueAt(draft, path), entry.value) } : null
}

/** The id of the device template for a vendor; `generic` fits any. */
export const templateForVendor = (id: string): string => vendorOf(id)?.template ?? 'generic'
