import { isTunnelId } from './tunnel-id.ts'
import { z } from './zod.ts'

export const TunnelId = z.string().refine(isTunnelId, 'A tunnel id is 32 hexadecimal digits')

const text = z.string().catch('')
const flag = (fallback: boolean) => z.boolean().catch(fallback)

/** Cloudflare sends a plain string without `x-magic-new-hc-target`, an object with it. We always keep the object. */
const HealthTarget = z
  .union([z.object({ effective: text, saved: text }), z.string().transform((saved) => ({ effective: saved, saved }))])
  .catch({ effective: '', saved: '' })

/** Enums stay open strings: a value that Cloudflare adds tomorrow must not lose a tunnel (U14). */
const HealthCheck = z.object({
  enabled: flag(true),
  rate: z.string().catch('mid'),
  type: z.string().catch('reply'),
  direction: z.string().catch('unidirectional'),
  target: HealthTarget,
})

const Bgp = z.object({
  customer_asn: z.number().nullable().catch(null),
  extra_prefixes: z.array(z.string()).catch([]),
  md5_key: text,
  import_filter_id: text,
  export_filter_id: text,
})

const BgpStatus = z.object({
  state: z.string().catch('UNKNOWN'),
  tcp_established: flag(false),
  updated_at: z.string().nullable().catch(null),
  bgp_state: text,
  cf_speaker_ip: text,
  cf_speaker_port: z.number().nullable().catch(null),
  customer_speaker_ip: text,
  customer_speaker_port: z.number().nullable().catch(null),
})

/**
 * A tunnel as read from Cloudflare: its own field names, every field present, nothing refused but a missing id.
 * Absent, `null` or mistyped values become the documented default or an empty value (U15); unknown fields fall away.
 */
export const Tunnel = z.object({
  id: TunnelId,
  name: text,
  description: text,
  cloudflare_endpoint: text,
  customer_endpoint: text,
  interface_address: text,
  interface_address6: text,
  health_check: HealthCheck.catch(() => HealthCheck.parse({})),
  bgp: Bgp.nullable().catch(null),
  bgp_status: BgpStatus.nullable().catch(null),
  replay_protection: flag(false),
  automatic_return_routing: flag(false),
  allow_null_cipher: flag(false),
  custom_remote_identities: z.object({ fqdn_id: text }).catch({ fqdn_id: '' }),
  remote_identities: z.object({ fqdn_id: text, hex_id: text, user_id: text }).nullable().catch(null),
  /** `{}` says that there is no key; absent, here `null`, says nothing (docs/cloudflare.md). */
  psk_metadata: z
    .object({ last_generated_on: z.string().nullable().catch(null) })
    .nullable()
    .catch(null),
  created_on: z.string().nullable().catch(null),
  modified_on: z.string().nullable().catch(null),
})
export type Tunnel = z.infer<typeof Tunnel>

/** The keys that Cloudflare sets itself: never sent back in a PUT. `remote_identities` is real but undocumented. */
export const readOnlyKeys = [
  'id',
  'created_on',
  'modified_on',
  'bgp_status',
  'psk_metadata',
  'allow_null_cipher',
  'remote_identities',
  'psk',
] as const

/** Names of fields that Cloudflare sent and this console does not know: shown as a warning before an edit (U13). */
export function unknownFields(wire: Record<string, unknown>): string[] {
  return Object.keys(wire).filter((key) => !Object.hasOwn(Tunnel.shape, key) && key !== 'psk')
}
