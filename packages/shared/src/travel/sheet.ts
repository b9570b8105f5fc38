/** One row of a file as text. `null`: the file says nothing of it. */
export interface SheetRow {
  /** Which of the file: for CSV as a spreadsheet counts, so that the first one under the head is 2; else from 1. */
  line: number
  cells: readonly (string | null)[]
  /** What is wrong with the row as a whole, or `null`. */
  problem: string | null
}

/** A file of tunnels, whatever its kind, as a table of text. It holds no key: columns of keys are dropped while it is read. */
export interface Sheet {
  kind: 'csv' | 'json' | 'terraform'
  /** The accounts that the file names. */
  accounts: readonly string[]
  columns: readonly string[]
  rows: readonly SheetRow[]
  /** What was left out, in words. */
  notes: readonly string[]
}

/** Why a file cannot be read, and where. */
export interface FileProblem {
  line: number | null
  message: string
}

export type Read = { sheet: Sheet } | { problems: readonly FileProblem[] }

/** How much one file may hold. */
export const mostOfFile = { rows: 5000, bytes: 50 * 1024 * 1024 } as const
