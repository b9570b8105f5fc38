import type { JobAnswer } from '@tunnel-console/shared/jobs'
import { resultsCsv } from '../../lib/results-csv.ts'
import { rowLook } from './words.ts'

/** The rows of a job as a file. */
export const jobCsv = ({ rows }: JobAnswer): string =>
  resultsCsv(rows.map((row) => ({ ...row, state: rowLook(row).word })))
