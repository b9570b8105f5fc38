import { createRoute } from '@tanstack/react-router'
import type { AuditFilter } from '../data/audit-filter.ts'
import { requires } from '../data/session.ts'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const auditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/audit',
  // As it stands in the address: the page reads it leniently, and what does that comes with the page.
  validateSearch: (search: Record<string, unknown>) => search as AuditFilter,
  staticData: { needs: 'audit.read' },
  beforeLoad: requires('audit.read'),
  component: lazyPage(() => import('./audit-page.tsx'), 'AuditPage'),
})
