import { createRoute, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../data/session.ts'
import { safeFrom } from '../lib/safe-from.ts'
import { lazyPage } from './lazy-page.tsx'
import { rootRoute } from './root.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ from }): { from?: string } => (typeof from === 'string' ? { from } : {}),
  beforeLoad: ({ context, search }) => {
    const isSignedIn = context.queryClient.getQueryData(sessionQuery().queryKey) !== undefined
    if (isSignedIn) throw redirect({ href: safeFrom(search.from), replace: true })
  },
  component: lazyPage(() => import('./sign-in-here.tsx'), 'SignInHere'),
})
