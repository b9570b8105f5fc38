import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import '../features/session/one-time-token.ts'
import { rootRoute } from './root.tsx'

export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite',
  component: lazyRouteComponent(() => import('./invite-page.tsx'), 'InvitePage'),
})
