import type { Role } from '@tunnel-console/shared/access'
import { type AnswerOf, type Credentials, endpoints } from '@tunnel-console/shared/contract'
import type { Problem } from '@tunnel-console/shared/problem'
import { useEffect, useState } from 'react'
import { request } from '../lib/api.ts'
import { useTask } from '../lib/use-task.ts'

// The page to sign in has neither the cache nor the router: what it needs of the network is here, and nothing else.

export const signIn = (body: Credentials) => request(endpoints.signIn, { body })

export const signInSandbox = (role: Role) => request(endpoints.signInSandbox, { body: { role } })

interface SignInOptions {
  options: AnswerOf<(typeof endpoints)['signInOptions']> | null
  /** Why they could not be read. */
  problem: Problem | null
  retry: () => void
}

/** How people sign in to this console, asked once a page. */
export function useSignInOptions(): SignInOptions {
  const [options, setOptions] = useState<SignInOptions['options']>(null)
  const { problem, run } = useTask()
  const ask = () => void run(() => request(endpoints.signInOptions), setOptions)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked once; again only by a press
  useEffect(ask, [])
  return { options, problem, retry: ask }
}
