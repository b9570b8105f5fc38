import { createRoute } from '@tanstack/react-router'
import { auditFilterOf } from '../data/audit-filter.ts'
import { requires } from '../data/session.ts'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const auditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/audit',
  validateSearch: auditFilterOf,
  staticData: { needs: 'audit.read' },
  beforeLoad: requires('audit.read'),
  component: lazyPage(() => import('./audit-page.tsx'), 'AuditPage'),
})
