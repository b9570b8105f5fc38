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
  /** A pre-shared key that goes along. In memory only: never stored, logged or told again. */
  secret?: string | undefined
  /** Why they want it, in their own words: for the audit log. */
  reason?: string | undefined
  isDryRun?: boolean
  /** One of many, which whoever asks paces by Cloudflare's budget: it costs nothing of a person's allowance. */
  isPaced?: boolean
}

/** How a change ended for whoever asked, as plain JSON. */
export type Outcome<A = Answer> =
  | { kind: 'applied'; answer: A }
  | { kind: 'valid'; answer: ValidationAnswer }
  | { kind: 'problem'; problem: Problem }
