/** How a request is answered. `yes` is what Cloudflare would say by its own rules, a refusal included. */
export type AnswerKind =
  | 'yes'
  | 'reset'
  | 'reset-unread'
  | 'reset-after-headers'
  | 'half-body'
  | 'bad-json'
  | 'json-429'
  | 'html-429'
  | 'html-200'
  | 'html-404'
  | 'html-502'
  | 'json-404'
  | 'json-500'
  | 'contradiction'
  | 'empty-list'
  | 'half-list'
  | 'graphql-errors'

/** What befalls one request: when a write takes effect, how long it waits, and how it is answered. */
export interface Fault {
  /** For the ledger and the report. */
  name: string
  /** When a write is carried out, in milliseconds after it was received; `null` is never. Late ones do not hold the answer. */
  commitAfterMs: number | null
  /** How long the answer, or the reset, waits. Milliseconds. */
  waitMs: number
  answer: AnswerKind
  /** For how long reads go on showing the tunnel as it was before this write. Milliseconds. */
  staleMs: number
  /** When the idle connection is closed without a word after a whole answer, in milliseconds; `null` is not at all. */
  closeAfterMs: number | null
}

/** Nothing befalls it. */
export const none: Fault = { name: 'none', commitAfterMs: 0, waitMs: 0, answer: 'yes', staleMs: 0, closeAfterMs: null }

/** A fault by what is unusual about it. */
export function fault(name: string, unusual: Partial<Omit<Fault, 'name'>>): Fault {
  return { ...none, ...unusual, name }
}
