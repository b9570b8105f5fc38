import { diffDrafts } from './diff.ts'
import type { TunnelDraft } from './draft.ts'
import * as rule from './field-rules.ts'
import { readOnlyKeys } from './tunnel.ts'
import { z } from './zod.ts'

const HealthCheckInput = z.strictObject({
  enabled: z.boolean().optional(),
  rate: rule.rate.optional(),
  type: rule.type.optional(),
  direction: rule.direction.optional(),
  target: z.strictObject({ saved: rule.healthTarget }).optional(),
})

const BgpInput = z.strictObject({
  customer_asn: rule.customerAsn,
  extra_prefixes: rule.extraPrefixes.optional(),
  md5_key: rule.md5Key.optional(),
})

const shape = {
  name: rule.name,
  description: rule.description.optional(),
  cloudflare_endpoint: rule.cloudflareEndpoint,
  customer_endpoint: rule.customerEndpoint.optional(),
  interface_address: rule.interfaceAddress,
  interface_address6: rule.interfaceAddress6.optional(),
  health_check: HealthCheckInput.optional(),
  bgp: BgpInput.nullable().optional(),
  replay_protection: z.boolean().optional(),
  automatic_return_routing: z.boolean().optional(),
  custom_remote_identities: z.strictObject({ fqdn_id: rule.customFqdn }).optional(),
}

/** The body of `POST /api/tunnels`, in Cloudflare's field names. Strict: an unknown key is an error, not noise (S09). */
export const TunnelInput = z.strictObject(shape)
export type TunnelInput = z.infer<typeof TunnelInput>

/** The body of `PUT /api/tunnels/:id`: only what changes. `bgp: null` removes BGP, `""` clears a text. */
export const TunnelPatch = z
  .strictObject({
    ...shape,
    name: shape.name.optional(),
    cloudflare_endpoint: shape.cloudflare_endpoint.optional(),
    interface_address: shape.interface_address.optional(),
    bgp: BgpInput.partial().nullable().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Send at least one field to change')
export type TunnelPatch = z.infer<typeof TunnelPatch>

/** The create body of a draft: everything that is set, the empty optional fields left out. */
export function inputOf(draft: TunnelDraft): TunnelInput {
  const { bgp, custom_remote_identities, ...rest } = draft
  return {
    ...withoutEmpty(rest),
    health_check: draft.health_check as TunnelInput['health_check'],
    ...(bgp.enabled && { bgp: bgpOf(bgp) }),
    ...(custom_remote_identities.fqdn_id !== '' && { custom_remote_identities }),
  } as TunnelInput
}

function bgpOf({ customer_asn, extra_prefixes, md5_key }: TunnelDraft['bgp']) {
  return { customer_asn: customer_asn ?? 0, extra_prefixes, ...(md5_key !== '' && { md5_key }) }
}

function withoutEmpty<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== '')) as Partial<T>
}

/** The patch that turns `base` into `mine`: only the fields that a person touched. */
export function patchOf(base: TunnelDraft, mine: TunnelDraft): TunnelPatch {
  const patch: Record<string, unknown> = {}
  const isBgpToggled = base.bgp.enabled !== mine.bgp.enabled
  for (const { path, after } of diffDrafts(base, mine)) {
    if (!(isBgpToggled && path.startsWith('bgp.'))) setPath(patch, path, after)
  }
  if (isBgpToggled) patch['bgp'] = mine.bgp.enabled ? bgpOf(mine.bgp) : null
  return patch as TunnelPatch
}

function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
  const [key = '', ...rest] = path.split('.')
  if (rest.length === 0) target[key] = value
  else {
    target[key] ??= {}
    setPath(target[key] as Record<string, unknown>, rest.join('.'), value)
  }
}

/**
 * The whole object that a PUT sends: the tunnel as just read, with the person's changes laid over it.
 *
 * Cloudflare's PUT probably merges but its OpenAPI says otherwise (docs/cloudflare.md), so everything writable goes along,
 * fields this console does not know included. Read-only keys and `null`s fall away (a `null` string is refused, code
 * 1022), `bgp: null` stays as the wish to remove BGP, and the direction of the health check is always explicit.
 */
export function putBody(wire: Record<string, unknown>, patch: TunnelPatch): Record<string, unknown> {
  const current = dropNulls(Object.fromEntries(Object.entries(wire).filter(([key]) => !isReadOnly(key))))
  const body = overlay(current, patch)
  const health = body['health_check'] as Record<string, unknown> | undefined
  body['health_check'] = { direction: 'unidirectional', ...health, target: savedTarget(health?.['target']) }
  return body
}

function isReadOnly(key: string): boolean {
  return (readOnlyKeys as readonly string[]).includes(key)
}

function savedTarget(target: unknown): { saved: string } {
  if (typeof target === 'string') return { saved: target }
  const saved = (target as { saved?: unknown } | undefined)?.saved
  return { saved: typeof saved === 'string' ? saved : '' }
}

function dropNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null && entry !== undefined)
      .map(([key, entry]) => [key, isPlainObject(entry) ? dropNulls(entry) : entry]),
  )
}

function overlay(current: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...current }
  for (const [key, value] of Object.entries(patch)) {
    const below = merged[key]
    if (value === undefined) continue
    merged[key] = isPlainObject(value) && isPlainObject(below) ? overlay(below, value) : value
  }
  return merged
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
