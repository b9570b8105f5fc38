import type { Neighbour } from '@tunnel-console/shared/form'
import { type ImportRow, importRows } from '@tunnel-console/shared/travel/import-rows'
import type { Target } from '@tunnel-console/shared/travel/mapping'
import { type Plan, planOf } from '@tunnel-console/shared/travel/plan'
import { sheetOf } from '@tunnel-console/shared/travel/read-sheet'
import type { Read, SheetRow } from '@tunnel-console/shared/travel/sheet'
import { wantedOf } from '@tunnel-console/shared/travel/wanted'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { textOfFile } from './text-of-file.ts'

/** What the worker is asked. */
export type Question =
  | { kind: 'read'; file: Blob }
  | { kind: 'import'; rows: readonly SheetRow[]; mapping: readonly Target[]; neighbours: readonly Neighbour[] }
  | { kind: 'plan'; rows: readonly SheetRow[]; mapping: readonly Target[]; tunnels: readonly Tunnel[] }

export type Answer =
  | { kind: 'read'; read: Read }
  | { kind: 'import'; rows: readonly ImportRow[] }
  | { kind: 'plan'; plan: Plan }

export interface Progress {
  done: number
  of: number
}

/** What it tells, of the question with this number. */
export type Told = { number: number } & ({ progress: Progress } | { answer: Answer })

/** A progress for each row would cost more than the row. */
const rowsPerProgress = 100

/** All that takes long with a file of thousands of rows. Runs in the worker, so that the page does not freeze. */
export async function workOn(question: Question, onProgress: (progress: Progress) => void): Promise<Answer> {
  if (question.kind === 'read') return { kind: 'read', read: await readFile(question.file) }
  const { rows, mapping } = question
  const of = rows.length
  const count = (done: number) => done % rowsPerProgress === 0 && onProgress({ done, of })
  if (question.kind === 'import') return { kind: 'import', rows: importRows(rows, mapping, question.neighbours, count) }
  const wanted = rows.map((row, index) => {
    count(index)
    return wantedOf(row, mapping)
  })
  return { kind: 'plan', plan: planOf(wanted, question.tunnels) }
}

async function readFile(file: Blob): Promise<Read> {
  const read = await textOfFile(file)
  return 'problem' in read ? { problems: [read.problem] } : sheetOf(read.text)
}
