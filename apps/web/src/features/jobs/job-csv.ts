import { csvLine } from '@tunnel-console/shared/csv'
import type { JobAnswer } from '@tunnel-console/shared/jobs'
import { changeWords } from '../../lib/change-words.ts'
import { rowLook } from './words.ts'

const heads = ['position', 'tunnel', 'tunnel_id', 'state', 'changes', 'problem', 'problem_code', 'audit_entry']

/** The rows of a job as a file: what is dangerous in a spreadsheet is made harmless. */
export function jobCsv({ rows }: JobAnswer): string {
  const lines = rows.map(({ position, name, tunnelId, changes, problem, auditId, ...row }) =>
    csvLine([
      position + 1,
      name,
      tunnelId,
      rowLook(row).word,
      changes.map((change) => `${change.label}: ${arrow(changeWords(change))}`).join('; '),
      problem?.detail ?? null,
      problem?.code ?? null,
      auditId,
    ]),
  )
  return [csvLine(heads), ...lines].join('')
}

const arrow = ({ before, after }: { before: string; after: string }) => `${before} → ${after}`
