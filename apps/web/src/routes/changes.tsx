import { createRoute } from '@tanstack/react-router'
import { changesSearchOf } from '../data/changes-search.ts'
import { requires } from '../data/session.ts'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const changesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/changes',
  validateSearch: changesSearchOf,
  staticData: { needs: 'audit.read' },
  beforeLoad: requires('audit.read'),
  component: lazyPage(() => import('./changes-page.tsx'), 'ChangesPage'),
})
