import { queryOptions } from '@tanstack/react-query'
import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

export const outcomePollMs = 3000

/** Nothing more will be learnt. A word of a newer server is not among them: it is asked again. */
const settled: readonly string[] = ['applied', 'not-applied', 'closed'] satisfies OutcomeAnswer['outcome'][]

export const isSettled = ({ outcome }: OutcomeAnswer): boolean => settled.includes(outcome)

/**
 * What became of a write, asked by its idempotency key every 3 s while the page is visible, until it is known. Asking gives
 * up a request that has not arrived: it is refused if it still does.
 */
export const outcomeQuery = (key: string) =>
  queryOptions({
    queryKey: ['outcome', key],
    queryFn: ({ signal }) => request(endpoints.outcome, { body: { key }, signal }),
    // What is known stays so, whatever else on the page is read anew.
    enabled: ({ state }) => !state.data || !isSettled(state.data),
    refetchInterval: outcomePollMs,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    // The next question is never far.
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
