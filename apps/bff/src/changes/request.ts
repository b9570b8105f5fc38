import type { ValidationAnswer } from '@tunnel-console/shared/api'
import type { Problem } from '@tunnel-console/shared/problem'
import type { Author, Change } from './change.ts'
import type { Answer } from './kind.ts'

/** A change with all that goes along: who wants it and why, under which idempotency key, and whether it is only a question. */
export interface Request<C extends Change = Change> {
  change: C
  author: Author
  requestId: string
  key?: string | undefined
  /** Why they want it, in their own words: for the audit log. */
  reason?: string | undefined
  isDryRun?: boolean
  /**
   * It undoes itself after so many minutes unless somebody keeps it. Changes of the same group are kept together: a job's
   * id; without one, a change is its own.
   */
  undo?: { minutes: number; group?: string | undefined } | undefined
}

/** How a change ended for whoever asked, as plain JSON. */
export type Outcome<A = Answer> =
  | { kind: 'applied'; answer: A }
  | { kind: 'valid'; answer: ValidationAnswer }
  | { kind: 'problem'; problem: Problem }
