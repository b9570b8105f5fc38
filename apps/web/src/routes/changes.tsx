import { createRoute } from '@tanstack/react-router'
import type { ChangesSearch } from '../data/changes-search.ts'
import { requires } from '../data/session.ts'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const changesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/changes',
  // As it stands in the address: the page reads it leniently, and what does that comes with the page.
  validateSearch: (search: Record<string, unknown>) => search as ChangesSearch,
  staticData: { needs: 'audit.read' },
  beforeLoad: requires('audit.read'),
  component: lazyPage(() => import('./changes-page.tsx'), 'ChangesPage'),
})
