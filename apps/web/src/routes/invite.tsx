import { createRoute } from '@tanstack/react-router'
import '../features/session/one-time-token.ts'
import { lazyPage } from './lazy-page.tsx'
import { rootRoute } from './root.tsx'

export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite',
  component: lazyPage(() => import('./invite-page.tsx'), 'InvitePage'),
})
