import { csvLine } from '../csv.ts'
import type { FieldValue } from '../field.ts'
import type { Tunnel } from '../tunnel.ts'
import { carriedOf, carriedPaths } from './carried.ts'

/** Stands last in each row, and says that none are there. Never read back. */
export const keysColumn = 'keys'

/**
 * Tunnels as CSV: the id, a column for each field by its path, lists parted by spaces. What a spreadsheet would take for a
 * formula, and what nobody can see, is made harmless in such a way that `textOfCell` gives back the very same text.
 */
export function tunnelsCsv(tunnels: readonly Tunnel[]): string {
  const lines = tunnels.map((tunnel) => {
    const { id, values } = carriedOf(tunnel)
    return csvLine([id, ...carriedPaths.map((path) => cellOf(values.get(path) ?? null)), 'never in this file'])
  })
  return [csvLine(['id', ...carriedPaths, keysColumn]), ...lines].join('')
}

function cellOf(value: FieldValue): string | number | boolean | null {
  if (Array.isArray(value)) return guarded(value.join(' '))
  return typeof value === 'string' ? guarded(value) : value
}

/** What `csvLine` would write for a formula, as somebody's own text: one apostrophe more, which reading takes away again. */
const looksGuarded = /^'+ *[=+\-@\t\r\n\0＝＋－＠]/
const escapeLike = /\\(?=u[0-9a-f]{4})/gi

function guarded(text: string): string {
  return (looksGuarded.test(text) ? `'${text}` : text).replace(escapeLike, '\\u005c')
}

/** The text that a cell of such a file stands for. */
export function textOfCell(cell: string): string {
  const text = cell.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return looksGuarded.test(text) ? text.slice(1) : text
}
