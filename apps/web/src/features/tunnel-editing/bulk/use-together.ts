import { useQueryClient } from '@tanstack/react-query'
import type { ManyResult } from '@tunnel-console/shared/api'
import type { ChangedTunnel } from '@tunnel-console/shared/jobs'
import { fateOf, type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { updateTogether } from '../../../data/many.ts'
import { useAlone } from '../write/use-alone.ts'

/** One request that changes all of them or none. A lost answer is asked for again under the same key: it happens once. */
export function useTogether() {
  const client = useQueryClient()
  const key = useIdempotencyKey()
  const alone = useAlone()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isLost, setLost] = useState(false)
  const [results, setResults] = useState<readonly ManyResult[] | null>(null)

  const send = (tunnels: readonly ChangedTunnel[], reason: string) =>
    alone(async () => {
      setBusy(true)
      setProblem(null)
      try {
        setResults(await updateTogether(tunnels, key.for(tunnels), reason))
        setLost(false)
        void client.invalidateQueries()
      } catch (error) {
        const failure = problemOf(error)
        const isOpen = fateOf(failure) === 'unknown'
        setLost(isOpen)
        if (!isOpen && failure.status !== 401) setProblem(failure)
        if (!isOpen) key.renew()
      }
      setBusy(false)
    })
  return { send, isBusy, problem, isLost, results }
}
