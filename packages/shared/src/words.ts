import type { FieldChange } from './diff.ts'
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

/** Both sides of a change. Of a secret that became another one, only that much is said. */
export function changeWords({ path, before, after }: FieldChange): { before: string; after: string } {
  const [was, is] = [valueWords(path, before), valueWords(path, after)]
  const isSecret = fieldAt(path)?.control === 'secret'
  return { before: was, after: isSecret && is === was ? 'set to another value' : is }
}

/** A change on one line: "Health check rate: Medium → High". */
export function changeText(change: FieldChange): string {
  const { before, after } = changeWords(change)
  return `${change.label}: ${before} → ${after}`
}

/** Addresses, host names and numbers that a person compares digit by digit. */
export function isMonospaced(path: string): boolean {
  const control = fieldAt(path)?.control
  return control !== undefined && !['text', 'lines', 'switch', 'select', 'secret'].includes(control)
}
