import type { FieldValue } from './field.ts'
import { isEmpty } from './field-values.ts'
import { fieldAt } from './fields.ts'

/**
 * A field's value as people read it everywhere, on one line: `'mid'` of the health check rate is "Medium". A secret is only
 * "set"; a value or a field that this build does not know is shown as it is.
 */
export function valueWords(path: string, value: FieldValue): string {
  if (isEmpty(value)) return 'not set'
  const field = fieldAt(path)
  if (field?.control === 'secret') return 'set'
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (Array.isArray(value)) return value.join(', ')
  const choices = field?.control === 'select' ? field.choices : []
  return choices.find((choice) => choice.value === value)?.label ?? String(value)
}

/** Addresses, host names and numbers that a person compares digit by digit. */
export function isCompared(path: string): boolean {
  const control = fieldAt(path)?.control
  return control !== undefined && !['text', 'lines', 'switch', 'select', 'secret'].includes(control)
}
