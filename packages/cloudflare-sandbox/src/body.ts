import { type ApiError, codes, Refusal } from './errors.ts'
import { switches } from './switches.ts'

/** What a field must hold; an object is a nested object, `id` a string that must be there. */
type Shape = 'string' | 'bool' | 'int' | 'strings' | 'target' | { [key: string]: Shape }

export type Json = Record<string, unknown>

/**
 * The writable fields of a tunnel. Anything else in a body is passed over without a word, read-only keys included
 * (`id`, `created_on`, `modified_on`, `bgp_status`, `psk_metadata`, `allow_null_cipher`, `remote_identities`).
 */
const tunnelShape: Record<string, Shape> = {
  name: 'string',
  description: 'string',
  cloudflare_endpoint: 'string',
  customer_endpoint: 'string',
  interface_address: 'string',
  interface_address6: 'string',
  psk: 'string',
  ...Object.fromEntries(Object.keys(switches).map((name) => [name, 'bool' as const])),
  health_check: { enabled: 'bool', rate: 'string', type: 'string', direction: 'string', target: 'target' },
  bgp: {
    customer_asn: 'int',
    extra_prefixes: 'strings',
    md5_key: 'string',
    import_filter_id: 'string',
    export_filter_id: 'string',
  },
  custom_remote_identities: { fqdn_id: 'string' },
}

/** `doing` completes Cloudflare's sentence: "error parsing request body while updating IPsec Tunnel". */
export function malformed(doing: string, detail: string, pointer?: string): ApiError {
  const message = `Invalid Request: error parsing request body while ${doing}: ${detail}`
  return pointer === undefined
    ? { code: codes.malformed, message }
    : { code: codes.malformed, message, source: { pointer } }
}

export function parseObject(text: string, doing: string): Json {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const detail = text.trim() === '' ? 'unexpected end of JSON input' : 'invalid character in JSON'
    throw new Refusal(400, [malformed(doing, detail)])
  }
  if (!isObject(value))
    throw new Refusal(400, [malformed(doing, `json: cannot unmarshal ${kindOf(value)} into object`)])
  return value
}

/** The entries of `body[key]`, each an object; anything else is malformed. */
export function parseList(body: Json, key: string, doing: string): Json[] {
  const list = body[key]
  if (!Array.isArray(list)) {
    throw new Refusal(400, [malformed(doing, `field "${key}" must be an array, not ${kindOf(list)}`, `/${key}`)])
  }
  const entries: unknown[] = list
  const objects = entries.filter(isObject)
  if (objects.length !== entries.length) {
    throw new Refusal(400, [malformed(doing, `field "${key}" must hold objects only`, `/${key}`)])
  }
  return objects
}

/** Errors of type, one per field, with pointers that start at `base`. */
export function shapeErrors(body: Json, doing: string, objectTargets: boolean, base = ''): ApiError[] {
  const visit = (value: Json, shape: Record<string, Shape>, at: string): ApiError[] =>
    Object.entries(shape).flatMap(([key, expected]) => {
      const field = value[key]
      const pointer = `${at}/${key}`
      if (field === undefined || (pointer === `${base}/bgp` && field === null)) return []
      const detail = mismatch(field, expected, objectTargets, key)
      if (detail !== null) return [malformed(doing, detail, pointer)]
      return typeof expected === 'object' && isObject(field) ? visit(field, expected, pointer) : []
    })
  return visit(body, tunnelShape, base)
}

function mismatch(value: unknown, shape: Shape, objectTargets: boolean, key: string): string | null {
  if (shape === 'target') return targetMismatch(value, objectTargets)
  const type = typeof shape === 'object' ? 'object' : shape === 'strings' ? 'array' : shape
  if (value === null) return `type "${type}" is not permitted to be null`
  return fits(value, shape) ? null : `json: cannot unmarshal ${kindOf(value)} into field "${key}" of type ${type}`
}

function targetMismatch(value: unknown, objectTargets: boolean): string | null {
  const type = objectTargets ? 'object' : 'string'
  if (value === null) return `type "${type}" is not permitted to be null`
  const saved = objectTargets && isObject(value) ? value['saved'] : value
  if (objectTargets && isObject(value) && saved === undefined) return null
  if (objectTargets === isObject(value) && typeof saved === 'string') return null
  return `json: cannot unmarshal ${kindOf(value)} into field "target" of type ${type}`
}

function fits(value: unknown, shape: Exclude<Shape, 'target'>): boolean {
  if (typeof shape === 'object') return isObject(value)
  if (shape === 'string') return typeof value === 'string'
  if (shape === 'bool') return typeof value === 'boolean'
  if (shape === 'int') return Number.isInteger(value)
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Go's names for JSON kinds, as they appear in Cloudflare's messages. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
