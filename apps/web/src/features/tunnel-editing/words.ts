import { cloudflareAsn } from '@tunnel-console/shared/field-rules'
import { type FieldValue, fieldAt } from '@tunnel-console/shared/fields'
import type { SelectOption } from '../../ui/select-field.tsx'

/** What the choices of a field are called. The value is Cloudflare's own word. */
const choices: Readonly<Record<string, readonly SelectOption[]>> = {
  'health_check.rate': [
    { value: 'low', label: 'Low' },
    { value: 'mid', label: 'Medium' },
    { value: 'high', label: 'High' },
  ],
  'health_check.type': [
    { value: 'reply', label: 'Reply' },
    { value: 'request', label: 'Request' },
  ],
  'health_check.direction': [
    { value: 'unidirectional', label: 'Unidirectional' },
    { value: 'bidirectional', label: 'Bidirectional' },
  ],
}

/** The options of a select. A value that Cloudflare knows and we do not stays choosable. */
export function optionsOf(path: string, current: string): readonly SelectOption[] {
  const known = choices[path] ?? []
  return known.some(({ value }) => value === current) ? known : [...known, { value: current, label: current }]
}

/** A field's value as a person reads it, on one line. What is masked is only "set". */
export function wordsOf(path: string, value: FieldValue): string {
  if (value === '' || value === null || (Array.isArray(value) && value.length === 0)) return 'not set'
  if (fieldAt(path)?.isMasked) return 'set'
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (Array.isArray(value)) return value.join(', ')
  return choices[path]?.find((choice) => choice.value === value)?.label ?? String(value)
}

/** Addresses, names and numbers that a person compares digit by digit. */
export function isMonoField(path: string): boolean {
  return /address|endpoint|target|asn|prefixes|fqdn/.test(path)
}

export const asnHint = `The device’s own ASN. Cloudflare’s is ${cloudflareAsn}.`
