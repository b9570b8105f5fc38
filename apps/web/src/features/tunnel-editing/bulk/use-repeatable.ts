import { fateOf, type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { useAlone } from '../write/use-alone.ts'

/**
 * A request that may be made again after a lost answer: the very same one, under the same key, so that it happens once and the
 * repeat tells what became of it.
 */
export function useRepeatable<Payload, Answer>(
  send: (payload: Payload, key: string) => Promise<Answer>,
  onAnswer: (answer: Answer) => void,
) {
  const key = useIdempotencyKey()
  const alone = useAlone()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [lost, setLost] = useState<{ payload: Payload } | null>(null)

  const start = (payload: Payload) =>
    alone(async () => {
      setBusy(true)
      setProblem(null)
      try {
        onAnswer(await send(payload, key.for(payload)))
        setLost(null)
      } catch (error) {
        fail(problemOf(error), payload)
      }
      setBusy(false)
    })
  const fail = (failure: Problem, payload: Payload) => {
    // The shell asks to sign in again; the press can be repeated then, and what was lost is so still.
    if (failure.status === 401) return
    const isLost = fateOf(failure) === 'unknown'
    setLost(isLost ? { payload } : null)
    if (isLost) return
    setProblem(failure)
    key.renew()
  }
  return { start, again: async () => (lost ? start(lost.payload) : undefined), isBusy, problem, isLost: lost !== null }
}
