import Papa from 'papaparse'
import { textOfCell } from './csv-file.ts'
import { isKeyColumn, isOursAlone } from './key-columns.ts'
import type { Read, SheetRow } from './sheet.ts'

/** Commas, semicolons and tabs part cells: what spreadsheets of all countries save. */
const delimitersToGuess = [',', ';', '\t']

/** A CSV file with a head (RFC 4180). Rows that are too long or too short are kept, with what is wrong with them. */
export function parseCsv(text: string): Read {
  const { data, errors } = Papa.parse<string[]>(text, { delimitersToGuess })
  const broken = errors.filter(({ type }) => type === 'Quotes')
  if (broken.length > 0) {
    const told = broken.slice(0, 10)
    return { problems: told.map(({ row = 0 }) => ({ line: row + 1, message: 'A quotation mark is not closed.' })) }
  }
  const [head = [], ...body] = data
  const kept = head.flatMap((name, index) => (isKeyColumn(name) || isOursAlone(name) ? [] : [index]))
  const columns = unlike(kept.map((index) => (head[index] ?? '').trim() || `column ${index + 1}`))
  const rows = body.flatMap((cells, index): SheetRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return []
    return [
      {
        line: index + 2,
        cells: kept.map((at) => (cells[at] === undefined ? null : textOfCell(cells[at]))),
        problem: wrongLength(cells, head.length),
      },
    ]
  })
  const keys = head.filter(isKeyColumn)
  const notes = keys.length > 0 ? [`Keys are never taken from a file: ${keys.join(', ')} was not read.`] : []
  return { sheet: { kind: 'csv', accounts: [], columns, rows, notes } }
}

function wrongLength(cells: readonly string[], expected: number): string | null {
  const isLonger = cells.length > expected && cells.slice(expected).some((cell) => cell.trim() !== '')
  if (cells.length >= expected && !isLonger) return null
  return `This row has ${cells.length} cells, and the head has ${expected}`
}

/** Two columns of the same name must be told apart. */
function unlike(names: readonly string[]): string[] {
  const times = new Map<string, number>()
  return names.map((name) => {
    const number = (times.get(name) ?? 0) + 1
    times.set(name, number)
    return number === 1 ? name : `${name} (${number})`
  })
}
