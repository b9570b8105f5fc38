import { type FieldValue, fieldAt } from './fields.ts'

const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'health_check.rate': { low: 'Low', mid: 'Medium', high: 'High' },
  'health_check.type': { reply: 'Reply', request: 'Request' },
  'health_check.direction': { unidirectional: 'Unidirectional', bidirectional: 'Bidirectional' },
}

/**
 * A field's value as people read it everywhere, on one line: `'mid'` of the health check rate is "Medium". A secret is only
 * "set"; a value or a field that this build does not know is shown as it is.
 */
export function valueWords(path: string, value: FieldValue): string {
  if (value === '' || value === null || (Array.isArray(value) && value.length === 0)) return 'not set'
  if (fieldAt(path)?.isMasked) return 'set'
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (Array.isArray(value)) return value.join(', ')
  const labels = new Map(Object.entries(choices[path] ?? {}))
  return labels.get(String(value)) ?? String(value)
}

/** Addresses, host names and numbers that a person compares digit by digit. */
export function isCompared(path: string): boolean {
  return /address|endpoint|target|asn|prefixes|fqdn/.test(path)
}
