import type { ValidationAnswer } from '@tunnel-console/shared/api'
import type { FieldChange } from '@tunnel-console/shared/diff'
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
  /** One of many, which whoever asks paces by Cloudflare's budget: it costs nothing of a person's allowance. */
  isPaced?: boolean
  /** It undoes itself after so many minutes unless somebody keeps it. One group is kept and undone together. */
  undo?: { minutes: number; group: string } | undefined
}

/** Where its story stands, and what it changes: masked as in the audit log. Absent where it did not come so far. */
export interface Told {
  auditId?: string
  changes?: FieldChange[]
}

/** How a change ended for whoever asked, as plain JSON. */
export type Outcome<A = Answer> = Told &
  ({ kind: 'applied'; answer: A } | { kind: 'valid'; answer: ValidationAnswer } | { kind: 'problem'; problem: Problem })
