import { csvLine } from '@tunnel-console/shared/csv'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { changeWords } from './change-words.ts'

/** How one tunnel of many fared. */
export interface ResultLine {
  name: string
  tunnelId: string
  /** In the words of the page. */
  state: string
  changes: readonly FieldChange[]
  problem: { code: string; detail: string } | null
  auditId: string | null
}

const heads = ['position', 'tunnel', 'tunnel_id', 'state', 'changes', 'problem', 'problem_code', 'audit_entry']

/** The results of many as a file, in the order given: what is dangerous in a spreadsheet is made harmless. */
export function resultsCsv(lines: readonly ResultLine[]): string {
  const told = lines.map(({ name, tunnelId, state, changes, problem, auditId }, index) =>
    csvLine([
      index + 1,
      name,
      tunnelId,
      state,
      changes.map((change) => `${change.label}: ${arrow(changeWords(change))}`).join('; '),
      problem?.detail ?? null,
      problem?.code ?? null,
      auditId,
    ]),
  )
  return [csvLine(heads), ...told].join('')
}

const arrow = ({ before, after }: { before: string; after: string }) => `${before} → ${after}`
