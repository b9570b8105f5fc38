import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { auditFilterOf } from '../data/audit.ts'
import { requires } from '../data/session.ts'
import { appRoute } from './root.tsx'

export const auditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/audit',
  validateSearch: auditFilterOf,
  staticData: { needs: 'audit.read' },
  beforeLoad: requires('audit.read'),
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
})
