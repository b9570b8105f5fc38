import type { TunnelDraft } from './draft.ts'
import type { FieldValue } from './field.ts'

/** The value of a field in a draft. Throws for a path that is no field: that is a mistake in our code. */
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

/** Whether a value says nothing: no text, no number, no entries. */
export function isEmpty(value: FieldValue): boolean {
  return value === '' || value === null || (Array.isArray(value) && value.length === 0)
}

/** Whether a field means anything in this draft: those of BGP do not while BGP is off. */
export function isInUse(draft: TunnelDraft, path: string): boolean {
  return draft.bgp.enabled || !path.startsWith('bgp.') || path === 'bgp.enabled'
}
