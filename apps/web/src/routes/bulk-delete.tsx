import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const bulkDeleteRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/bulk-delete',
  validateSearch: ({ step }: Record<string, unknown>): { step?: 'confirm' } =>
    step === 'confirm' ? { step: 'confirm' } : {},
  staticData: { needs: 'tunnel.delete' },
  beforeLoad: requires('tunnel.delete'),
  component: lazyPage(() => import('./bulk-delete-page.tsx'), 'BulkDeletePage', loadSessionDialogs),
})
