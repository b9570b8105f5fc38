import { diffDrafts } from './diff.ts'
import type { TunnelDraft } from './draft.ts'
import type { Field, FieldValue } from './field.ts'
import { fieldList } from './fields.ts'
import { readOnlyKeys } from './tunnel.ts'
import { z } from './zod.ts'

type Partly<T> = { [K in keyof T]?: T[K] extends FieldValue ? T[K] : Partly<T[K]> }

/** BGP on the wire: its switch is whether it is there. */
export interface Session extends Omit<TunnelDraft['bgp'], 'enabled'> {
  customer_asn: number
}

/** The body of `PUT /api/tunnels/:id`: only what changes. `bgp: null` removes BGP, `""` clears a text. */
export type TunnelPatch = Partly<Omit<TunnelDraft, 'bgp'>> & { bgp?: Partial<Session> | null }

/** The body of `POST /api/tunnels`, in Cloudflare's field names: whatever has no default must be given. */
export type TunnelInput = TunnelPatch &
  Pick<TunnelDraft, 'name' | 'cloudflare_endpoint' | 'interface_address'> & {
    bgp?: (Partial<Session> & Pick<Session, 'customer_asn'>) | null
  }

const newRule = ({ rule, default: usual }: Field) => (usual === undefined ? rule : rule.optional())

/** Strict: an unknown key is an error, not noise (S09). */
export const TunnelInput = schemaOf(newRule) as z.ZodType<TunnelInput>

/** A new tunnel with a key of one's own beside it, which is no field: it is never shown, compared or kept. */
export type KeyedInput = TunnelInput & { psk?: string | undefined }

/** The same with a key of one's own beside it. */
export const keyedInput = (psk: z.ZodType<string>) =>
  schemaOf(newRule, { psk: psk.optional() }) as z.ZodType<KeyedInput>

export const TunnelPatch = schemaOf(({ rule }) => rule.optional()).refine(
  (patch) => Object.keys(patch).length > 0,
  'Send at least one field to change',
) as z.ZodType<TunnelPatch>

/** A patch with what names the tunnel beside it: `{id, version, ...changed fields}`. */
export function versionedPatch(names: Record<string, z.ZodType>): z.ZodType<TunnelPatch> {
  const least = Object.keys(names).length
  return schemaOf(({ rule }) => rule.optional(), names).refine(
    (patch) => Object.keys(patch).length > least,
    'Send at least one field to change',
  ) as z.ZodType<TunnelPatch>
}

type AnyObject = z.ZodType<Record<string, unknown>>

interface RuleTree {
  [key: string]: RuleTree | z.ZodType
}

/** Every field at its place in Cloudflare's shape, under the rule that `ruleOf` gives. Groups may be left out. */
function schemaOf(ruleOf: (field: Field) => z.ZodType, beside: Record<string, z.ZodType> = {}): AnyObject {
  const tree: RuleTree = { ...beside }
  for (const field of fieldList) if (field.path !== 'bgp.enabled') setPath(tree, field.path, ruleOf(field))
  return strictOf({
    ...tree,
    bgp: ruleFor(tree['bgp'] ?? {})
      .nullable()
      .optional(),
  })
}

function strictOf(tree: RuleTree): AnyObject {
  return z.strictObject(Object.fromEntries(Object.entries(tree).map(([key, entry]) => [key, ruleFor(entry)])))
}

function ruleFor(entry: RuleTree | z.ZodType): z.ZodType {
  if (entry instanceof z.ZodType) return entry
  const isSaid = (group: object) => Object.keys(group).length > 0
  return strictOf(entry).refine(isSaid, 'Send at least one field of it, or leave it out').optional()
}

/** The create body of a draft: everything that is set, the empty optional fields left out. */
export function inputOf(draft: TunnelDraft): TunnelInput {
  const { name, cloudflare_endpoint, interface_address, bgp, custom_remote_identities, ...rest } = draft
  return {
    name,
    cloudflare_endpoint,
    interface_address,
    ...withoutEmpty(rest),
    ...(bgp.enabled && { bgp: sessionOf(bgp) }),
    ...(custom_remote_identities.fqdn_id !== '' && { custom_remote_identities }),
  }
}

function sessionOf({ customer_asn, extra_prefixes, md5_key }: TunnelDraft['bgp']) {
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
  if (isBgpToggled) patch['bgp'] = mine.bgp.enabled ? sessionOf(mine.bgp) : null
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
