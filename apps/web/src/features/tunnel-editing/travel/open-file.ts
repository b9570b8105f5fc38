import { targets as allTargets, guessTargets, missingTargets, type Target } from '@tunnel-console/shared/travel/mapping'
import type { Sheet, SheetRow } from '@tunnel-console/shared/travel/sheet'

/** Whether a file tells new tunnels, or how the whole account should be. */
export type Purpose = 'import' | 'plan'

/** A file that was read: what its columns are, and what was mended in it by hand. */
export interface OpenFile {
  name: string
  sheet: Sheet
  mapping: readonly Target[]
  /** Text by row and field, `7 name`. */
  mended: ReadonlyMap<string, string>
}

export const openedFile = (name: string, sheet: Sheet): OpenFile => ({
  name,
  sheet,
  mapping: guessTargets(sheet.columns),
  mended: new Map(),
})

const cellKey = (line: number, path: string) => `${line} ${path}`

export const withMended = (file: OpenFile, line: number, path: string, text: string): OpenFile => ({
  ...file,
  mended: new Map([...file.mended, [cellKey(line, path), text]]),
})

export interface Table {
  mapping: readonly Target[]
  rows: readonly SheetRow[]
}

/**
 * The rows as they stand, a column for each field that is used. What a new tunnel cannot do without has one in any case, so
 * that it can be written where the file lacks it. A row that somebody has mended is taken at its word.
 */
export function tableOf({ sheet, mapping, mended }: OpenFile, purpose: Purpose): Table {
  const used = mapping.flatMap((target, index) => (target === null ? [] : [{ target, index }]))
  const added = purpose === 'import' ? missingTargets(mapping) : []
  const named = [...used.map(({ target }) => target), ...added]
  const lines = new Set([...mended.keys()].map((key) => Number(key.split(' ', 1)[0])))
  const extra = new Set([...mended.keys()].map((key) => key.slice(key.indexOf(' ') + 1)))
  const others = allTargets.filter((target) => extra.has(target) && !named.some((known) => known === target))
  const targets: Target[] = [...named, ...others]
  const rows = sheet.rows.map(({ line, cells, problem }): SheetRow => {
    const cellOf = (target: Target, index: number) =>
      mended.get(cellKey(line, target ?? '')) ?? cells[used[index]?.index ?? -1] ?? null
    return { line, cells: targets.map(cellOf), problem: lines.has(line) ? null : problem }
  })
  return { mapping: targets, rows }
}

/** What a cell says now. */
export function cellText(file: OpenFile, line: number, path: string): string {
  const own = file.mended.get(cellKey(line, path))
  if (own !== undefined) return own
  const targets: readonly (string | null)[] = file.mapping
  const column = targets.indexOf(path)
  return file.sheet.rows.find((row) => row.line === line)?.cells[column] ?? ''
}
