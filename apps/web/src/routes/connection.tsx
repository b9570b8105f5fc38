import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const connectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/connection',
  validateSearch: ({ welcome }: Record<string, unknown>): { welcome?: true } => (welcome ? { welcome: true } : {}),
  staticData: { needs: 'settings.manage' },
  beforeLoad: requires('settings.manage'),
  component: lazyPage(() => import('./connection-page.tsx'), 'ConnectionPage', loadSessionDialogs),
})
