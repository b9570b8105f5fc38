import { ProblemError } from '@tunnel-console/shared/problem'
import type { Reply } from './envelope.ts'

/** Everything that one question to Cloudflare tells of the connection. */
export interface Probe {
  /** A clear yes; `null` for anything else. */
  reply: Reply | null
  failure: ProblemError | null
  /** HTTP status; `null` when nothing came. */
  status: number | null
  durationMs: number
  /** The `Date` of the answer, and after how many milliseconds it began; `null` for an answer without one. */
  dated: { date: string; afterMs: number } | null
}

/** Runs one question, and writes down how it went. Whatever it throws becomes a part of that. */
export async function probed(
  monotonic: () => number,
  ask: (heard: (response: Response) => void) => Promise<Reply>,
): Promise<Probe> {
  const begun = monotonic()
  const seen: Pick<Probe, 'status' | 'dated'> = { status: null, dated: null }
  const heard = (response: Response) => {
    const date = response.headers.get('date')
    seen.status = response.status
    seen.dated = date === null ? null : { date, afterMs: monotonic() - begun }
  }
  const ended = (reply: Reply | null, failure: ProblemError | null): Probe => ({
    reply,
    failure,
    ...seen,
    durationMs: Math.round(monotonic() - begun),
  })
  try {
    return ended(await ask(heard), null)
  } catch (error) {
    return ended(null, error instanceof ProblemError ? error : ProblemError.of('internal', {}, { cause: error }))
  }
}
