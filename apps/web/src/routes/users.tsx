import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { appRoute } from './root.tsx'

export const usersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/users',
  validateSearch: ({ invite }: Record<string, unknown>): { invite?: true } => (invite ? { invite: true } : {}),
  staticData: { needs: 'user.manage' },
  beforeLoad: requires('user.manage'),
  component: lazyRouteComponent(() => import('./users-page.tsx'), 'UsersPage'),
})
