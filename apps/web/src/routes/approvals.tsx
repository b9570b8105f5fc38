import { createRoute } from '@tanstack/react-router'
import { isUuid } from '@tunnel-console/shared/uuid'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const approvalsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/approvals',
  validateSearch: ({ id }: Record<string, unknown>): { id?: string } => (isUuid(id) ? { id } : {}),
  staticData: { needs: 'tunnel.update' },
  beforeLoad: requires('tunnel.update'),
  component: lazyPage(() => import('./approvals-page.tsx'), 'ApprovalsPage', loadSessionDialogs),
})
