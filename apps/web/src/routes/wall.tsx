import { createRoute } from '@tanstack/react-router'
import '../features/tunnels/wall/wall-link.ts'
import { lazyPage } from './lazy-page.tsx'
import { rootRoute } from './root.tsx'

/** For a screen that hangs on a wall, and for anybody who is signed in. */
export const wallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/wall',
  component: lazyPage(() => import('./wall-page.tsx'), 'WallPage'),
})
