import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const wallScreensRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/walls',
  staticData: { needs: 'settings.manage' },
  beforeLoad: requires('settings.manage'),
  component: lazyPage(() => import('./wall-screens-page.tsx'), 'WallScreensPage', loadSessionDialogs),
})
