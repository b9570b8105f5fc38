import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from '@tunnel-console/shared/problem'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ProblemError
  }
}

/** Reads are tried again when the trouble may pass. Writes go out once: only the BFF can find out what became of one. */
function shouldRetry(failures: number, error: Error): boolean {
  if (!(error instanceof ProblemError) || failures >= 2) return false
  return error.problem.status >= 500 || error.problem.code === 'unreachable'
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: shouldRetry,
      retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      // A failed fetch must say so; the default would wait silently for a network that the BFF on localhost never needs.
      networkMode: 'always',
    },
    mutations: { retry: false, gcTime: 0, networkMode: 'always' },
  },
})
