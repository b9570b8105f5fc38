import { createRoute } from '@tanstack/react-router'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const accountRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/account',
  component: lazyPage(() => import('./account-page.tsx'), 'AccountPage', loadSessionDialogs),
})
