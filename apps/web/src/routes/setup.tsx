import { createRoute } from '@tanstack/react-router'
import '../features/session/one-time-token.ts'
import { lazyPage } from './lazy-page.tsx'
import { rootRoute } from './root.tsx'

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyPage(() => import('./setup-page.tsx'), 'SetupPage'),
})
