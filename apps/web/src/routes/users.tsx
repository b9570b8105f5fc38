import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const usersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/users',
  validateSearch: ({ invite }: Record<string, unknown>): { invite?: true } => (invite ? { invite: true } : {}),
  staticData: { needs: 'user.manage' },
  beforeLoad: requires('user.manage'),
  component: lazyPage(() => import('./users-page.tsx'), 'UsersPage', loadSessionDialogs),
})
