import { can, type Role } from './access.ts'
import type { FieldPath, PathOf } from './field.ts'
import { fieldList, type fields } from './fields.ts'
import type { Tunnel } from './tunnel.ts'

/** What only Cloudflare writes and support sees. */
const readOnly = [
  'id',
  'health_check.target.effective',
  'bgp.import_filter_id',
  'bgp.export_filter_id',
  'bgp_status',
  'allow_null_cipher',
  'created_on',
  'modified_on',
] as const satisfies readonly (keyof Tunnel | PathOf<Tunnel>)[]

type SupportPath = { [P in FieldPath]: (typeof fields)[P]['support'] extends true ? P : never }[FieldPath]

type Head<Path extends string> = Path extends `${infer Key}.${string}` ? Key : Path
type Below<Key extends string, Path extends string> = Path extends `${Key}.${infer Rest}` ? Rest : never

/** The part of `T` that stands at these dot paths. */
type Part<T, Path extends string> = {
  [Key in keyof T & Head<Path>]: Key extends Path
    ? T[Key]
    : Part<NonNullable<T[Key]>, Below<Key, Path>> | Extract<T[Key], null>
}

/** What support may see: no MD5 key, no IKE identities, no key dates. */
export type ReducedTunnel = Part<Tunnel, SupportPath | (typeof readOnly)[number]>
export type VisibleTunnel = Tunnel | ReducedTunnel

/**
 * The part of a tunnel that a role may see. Built by naming what is allowed, so that a field added to `Tunnel` stays hidden
 * from support until its entry in `fields` says otherwise (S10).
 */
export function visibleTunnel(tunnel: Tunnel, role: Role): VisibleTunnel {
  return can(role, 'tunnel.read') ? tunnel : (partAt(tunnel, seenBySupport) as ReducedTunnel)
}

/** Whether a tunnel carries the operator's fields, or was reduced for support. */
export function isWholeTunnel(tunnel: VisibleTunnel): tunnel is Tunnel {
  return 'psk_metadata' in tunnel
}

/** Names of what is seen; `null` where all of it is. */
type Seen = Map<string, Seen | null>

// `bgp.enabled` is on no wire: whether there is a BGP says it.
const seenBySupport = seenAt([
  ...fieldList.filter(({ support, path }) => support && path !== 'bgp.enabled').map(({ path }) => path),
  ...readOnly,
])

function seenAt(paths: readonly string[]): Seen {
  const heads = new Set(paths.map((path) => path.split('.', 1)[0] ?? path))
  return new Map(
    [...heads].map((head) => {
      const below = paths.filter((path) => path.startsWith(`${head}.`)).map((path) => path.slice(head.length + 1))
      return [head, below.length > 0 ? seenAt(below) : null]
    }),
  )
}

function partAt(value: object, seen: Seen): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
      const below = seen.get(key)
      return below === undefined ? [] : [[key, below === null ? child : partOf(child, below)]]
    }),
  ) as object
}

/** Where a group is expected and something else stands, `null` is shown. */
function partOf(child: unknown, seen: Seen): object | null {
  return typeof child === 'object' && child !== null ? partAt(child, seen) : null
}
