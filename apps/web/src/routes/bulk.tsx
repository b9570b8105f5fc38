import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import type { BulkStep } from '../features/tunnel-editing/bulk/use-bulk-edit.ts'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

const later: readonly BulkStep[] = ['dry-run', 'apply']

export const bulkRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/bulk',
  validateSearch: ({ step }: Record<string, unknown>): { step?: BulkStep } => {
    const known = later.find((name) => name === step)
    return known ? { step: known } : {}
  },
  staticData: { needs: 'tunnel.bulkUpdate' },
  beforeLoad: requires('tunnel.bulkUpdate'),
  component: lazyPage(() => import('./bulk-page.tsx'), 'BulkPage', loadSessionDialogs),
})
