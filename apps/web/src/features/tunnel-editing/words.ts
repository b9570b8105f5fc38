import { cloudflareAsn } from '@tunnel-console/shared/field-rules'
import { healthDirections, healthRates, healthTypes } from '@tunnel-console/shared/tunnel'
import { valueWords } from '@tunnel-console/shared/words'
import type { SelectOption } from '../../ui/select-field.tsx'

const values: Readonly<Record<string, readonly string[]>> = {
  'health_check.rate': healthRates,
  'health_check.type': healthTypes,
  'health_check.direction': healthDirections,
}

/** The options of a select. A value that Cloudflare knows and we do not stays choosable. */
export function optionsOf(path: string, current: string): readonly SelectOption[] {
  const known = values[path] ?? []
  const all = known.includes(current) ? known : [...known, current]
  return all.map((value) => ({ value, label: valueWords(path, value) }))
}

export const asnHint = `The device’s own ASN. Cloudflare’s is ${cloudflareAsn}.`
