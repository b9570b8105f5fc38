import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import '../features/session/one-time-token.ts'
import { rootRoute } from './root.tsx'

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup-page.tsx'), 'SetupPage'),
})
