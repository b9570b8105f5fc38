import type { TunnelDraft } from '../draft.ts'
import type { Field, FieldPath, FieldValue } from '../field.ts'
import { sameValue, valueAt, withValue } from '../field-values.ts'
import { fieldAt } from '../fields.ts'
import type { FieldProblem } from '../form.ts'
import type { Target } from './mapping.ts'
import type { SheetRow } from './sheet.ts'

/** What one row of a file says of a tunnel: a value for each field that it speaks of, and what could not be read. */
export interface Wanted {
  line: number
  id: string | null
  values: ReadonlyMap<FieldPath, FieldValue>
  /** By the path of their field; `''` is the row as a whole. */
  problems: readonly FieldProblem[]
}

/** Reads a row by what its columns are. An empty cell clears a text and says nothing of a switch or a choice. */
export function wantedOf({ line, cells, problem }: SheetRow, mapping: readonly Target[]): Wanted {
  const values = new Map<FieldPath, FieldValue>()
  const problems: FieldProblem[] = problem === null ? [] : [{ path: '', message: problem }]
  let id: string | null = null
  for (const [index, target] of mapping.entries()) {
    const cell = cells[index] ?? null
    if (target === null || cell === null) continue
    if (target === 'id') id = cell.trim().toLowerCase() || null
    else readInto(values, problems, target, cell)
  }
  // A file that names an ASN means BGP, whether it has a column for that or not.
  if (!values.has('bgp.enabled') && typeof values.get('bgp.customer_asn') === 'number') values.set('bgp.enabled', true)
  return { line, id, values, problems }
}

function readInto(values: Map<FieldPath, FieldValue>, problems: FieldProblem[], path: FieldPath, cell: string): void {
  const field = fieldAt(path)
  if (!field) return
  const read = readCell(field, cell)
  if ('message' in read) problems.push({ path, message: read.message })
  else if (read.value !== undefined) values.set(path, read.value)
}

const yes: ReadonlySet<string> = new Set(['true', 'yes', 'on', '1', 'enabled'])
const no: ReadonlySet<string> = new Set(['false', 'no', 'off', '0', 'disabled'])

function readCell(field: Field, cell: string): { value: FieldValue | undefined } | { message: string } {
  const text = cell.trim()
  switch (field.control) {
    case 'switch':
      if (text === '') return { value: undefined }
      if (yes.has(text.toLowerCase())) return { value: true }
      return no.has(text.toLowerCase()) ? { value: false } : { message: 'Write true or false' }
    case 'number':
      if (text === '') return { value: null }
      return /^\d{1,15}$/.test(text) ? { value: Number(text) } : { message: 'Write the ASN as a number, such as 65010' }
    case 'list':
      return { value: text.split(/[\s,;]+/).filter((entry) => entry !== '') }
    case 'select': {
      const known = field.choices.find(({ value, label }) => [value, label.toLowerCase()].includes(text.toLowerCase()))
      return { value: text === '' ? undefined : (known?.value ?? text) }
    }
    default:
      return { value: cell }
  }
}

const keepsBlanks: ReadonlySet<Field['control']> = new Set(['lines'])

/**
 * A draft with what a row says laid over it. Blanks around a name or an address come along with files and are taken away,
 * but where the tunnel is so already.
 */
export function laidOver(draft: TunnelDraft, values: Wanted['values']): TunnelDraft {
  let laid = draft
  for (const [path, value] of values) {
    const control = fieldAt(path)?.control
    if (control === undefined || sameValue(valueAt(draft, path), value)) continue
    const tidy = typeof value === 'string' && !keepsBlanks.has(control) ? value.trim() : value
    laid = withValue(laid, path, tidy)
  }
  return laid
}
