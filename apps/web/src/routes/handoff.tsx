import { createRoute } from '@tanstack/react-router'
import '../features/tunnel-editing/handoff/handoff-fragment.ts'
import { lazyPage } from './lazy-page.tsx'
import { rootRoute } from './root.tsx'

/** For the engineer at the far end, who has no account. */
export const handoffRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/handoff/$handoffId',
  component: lazyPage(() => import('./handoff-page.tsx'), 'HandoffPage'),
})
