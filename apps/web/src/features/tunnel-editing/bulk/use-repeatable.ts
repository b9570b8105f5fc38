import { fateOf } from '@tunnel-console/shared/fate'
import { type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { useAlone } from '../write/use-alone.ts'

/** What was sent, and under which key. */
export interface SentOnce<Payload> {
  key: string
  payload: Payload
}

/** Where it is noted for as long as its end is not known. */
interface Kept<Payload> {
  sent: SentOnce<Payload> | null
  keep: (sent: SentOnce<Payload> | null) => void
}

const nowhere = { sent: null, keep: () => {} }

/**
 * A request that may be made again after a lost answer: the very same one, under the same key, so that it happens once and the
 * repeat tells what became of it. It is noted before it leaves: who reloads the page meanwhile has lost the answer too.
 */
export function useRepeatable<Payload, Answer>(
  send: (payload: Payload, key: string) => Promise<Answer>,
  onAnswer: (answer: Answer) => void,
  kept: Kept<Payload> = nowhere,
) {
  const key = useIdempotencyKey()
  const alone = useAlone()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [lost, setLost] = useState(kept.sent)

  const attempt = (sent: SentOnce<Payload>) =>
    alone(async () => {
      setBusy(true)
      setProblem(null)
      kept.keep(sent)
      try {
        const answer = await send(sent.payload, sent.key)
        kept.keep(null)
        setLost(null)
        onAnswer(answer)
      } catch (error) {
        fail(problemOf(error), sent)
      }
      setBusy(false)
    })
  const fail = (failure: Problem, sent: SentOnce<Payload>) => {
    // The shell asks to sign in again; the press can be repeated then, and what was lost is so still.
    if (failure.status === 401) return kept.keep(lost)
    const isLost = fateOf(failure) === 'unknown'
    setLost(isLost ? sent : null)
    if (isLost) return
    kept.keep(null)
    setProblem(failure)
    key.renew()
  }
  const start = (payload: Payload) => attempt({ key: key.for(payload), payload })
  return { start, again: async () => (lost ? attempt(lost) : undefined), isBusy, problem, isLost: lost !== null }
}
