import { type Target, targets } from '@tunnel-console/shared/travel/mapping'
import type { SheetRow } from '@tunnel-console/shared/travel/sheet'
import { dropFromTab, keepInTab, keptInTab } from '../../../lib/tab-store.ts'
import type { OpenFile, Purpose } from './open-file.ts'

/** Browsers give all tabs' storage of an origin about 5 million letters. */
const mostLetters = 1_000_000
const nameOf = (purpose: Purpose) => `travel-${purpose}`

/**
 * Keeps the file over a reload, for its person, where it is not too large. Columns of keys were dropped while it was read; one
 * that is not used may hold a key under a name of its own, so only the columns that are used are kept. Gives whether it is.
 */
export function keepFile(owner: string, purpose: Purpose, { name, sheet, mapping, mended }: OpenFile): boolean {
  const used = mapping.flatMap((target, index) => (target === null ? [] : [index]))
  const rows = sheet.rows.map((row) => ({ ...row, cells: used.map((index) => row.cells[index] ?? null) }))
  const columns = used.map((index) => sheet.columns[index] ?? '')
  const kept = { name, sheet: { ...sheet, columns, rows }, mapping: used.map((i) => mapping[i]), mended: [...mended] }
  const isSmall = JSON.stringify(kept).length <= mostLetters
  if (isSmall) keepInTab(nameOf(purpose), owner, kept)
  else dropFile(purpose)
  return isSmall
}

export const dropFile = (purpose: Purpose): void => dropFromTab(nameOf(purpose))

/** The file that this tab has kept, if any. What an older build kept and this one cannot read counts as none. */
export function keptFile(owner: string, purpose: Purpose): OpenFile | null {
  const kept = keptInTab(nameOf(purpose), owner)
  if (!isRecord(kept) || !isRecord(kept['sheet']) || typeof kept['name'] !== 'string') return null
  const { kind, accounts, columns, rows, notes } = kept['sheet']
  const { name, mapping, mended } = kept
  const known = kinds.find((one) => one === kind)
  if (!known || !isTexts(accounts) || !isTexts(columns) || !isTexts(notes)) return null
  if (!Array.isArray(rows) || !rows.every(isRow) || !Array.isArray(mapping) || !mapping.every(isTarget)) return null
  if (!Array.isArray(mended) || !mended.every(isPair)) return null
  return { name, sheet: { kind: known, accounts, columns, rows, notes }, mapping, mended: new Map(mended) }
}

const kinds = ['csv', 'json', 'terraform'] as const
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)
const isTarget = (value: unknown): value is Target => value === null || targets.some((target) => target === value)
const isPair = (value: unknown): value is [string, string] => isTexts(value) && value.length === 2
const isRow = (value: unknown): value is SheetRow =>
  isRecord(value) &&
  typeof value['line'] === 'number' &&
  (value['problem'] === null || isText(value['problem'])) &&
  Array.isArray(value['cells']) &&
  value['cells'].every((cell) => cell === null || isText(cell))
