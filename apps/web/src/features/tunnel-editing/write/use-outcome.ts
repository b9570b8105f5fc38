import { skipToken, useQuery } from '@tanstack/react-query'
import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import type { Problem } from '@tunnel-console/shared/problem'
import { outcomeQuery } from '../../../data/outcome.ts'
import { signedOut } from '../../../lib/signed-out.ts'
import { useStore } from '../../../lib/store.ts'

/** What is known of a write whose answer was lost. */
export interface Watch {
  answer: OutcomeAnswer | null
  /** Why the last question had no answer. */
  problem: Problem | null
  isAsking: boolean
  /** When it was last answered, in milliseconds; 0 before. */
  answeredAt: number
  ask: () => Promise<void>
}

/** Asks what became of the write with this key, until it is known or the session ends. Without a key it asks nothing. */
export function useOutcome(key: string | null): Watch {
  const isOver = useStore(signedOut)
  const question = outcomeQuery(key ?? '')
  const query = useQuery(key === null || isOver ? { ...question, queryFn: skipToken } : question)
  return {
    answer: query.data ?? null,
    problem: query.error?.problem ?? null,
    isAsking: query.isFetching,
    answeredAt: query.dataUpdatedAt,
    ask: async () => {
      await query.refetch()
    },
  }
}
