import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const importRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/import',
  staticData: { needs: 'tunnel.bulkUpdate' },
  beforeLoad: requires('tunnel.bulkUpdate'),
  component: lazyPage(() => import('./travel-pages.tsx'), 'ImportPage', loadSessionDialogs),
})

export const planRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/plan',
  staticData: { needs: 'tunnel.bulkUpdate' },
  beforeLoad: requires('tunnel.bulkUpdate'),
  component: lazyPage(() => import('./travel-pages.tsx'), 'PlanPage', loadSessionDialogs),
})
