import { draftOf } from '../draft.ts'
import type { FieldPath, FieldValue } from '../field.ts'
import { valueAt } from '../field-values.ts'
import { fieldList } from '../fields.ts'
import type { Tunnel } from '../tunnel.ts'

/** The fields that files carry: everything that a person can write, and no secret. */
export const carriedPaths: readonly FieldPath[] = fieldList
  .filter(({ control }) => control !== 'secret')
  .map(({ path }) => path)

/** What every file says of itself. */
export const keyNote =
  'No keys are in this file: neither pre-shared keys, which Cloudflare never shows, nor MD5 keys of BGP.'

/** What a file says of one tunnel: Cloudflare's id, and a value for every path that is carried. */
export interface Carried {
  id: string
  values: ReadonlyMap<FieldPath, FieldValue>
}

export function carriedOf(tunnel: Tunnel): Carried {
  const draft = draftOf(tunnel)
  return { id: tunnel.id, values: new Map(carriedPaths.map((path) => [path, valueAt(draft, path)])) }
}

/**
 * One tunnel by Cloudflare's own names, as in its API: nested groups, `bgp: null` where there is no BGP. Read-only fields and
 * secrets are left out.
 */
export function wireOf(tunnel: Tunnel): Record<string, unknown> {
  const { enabled, customer_asn, extra_prefixes } = draftOf(tunnel).bgp
  const { bgp: _, ...rest } = draftOf(tunnel)
  return { id: tunnel.id, ...rest, bgp: enabled ? { customer_asn, extra_prefixes } : null }
}
