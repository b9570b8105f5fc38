import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const tunnelKeysRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/keys',
  validateSearch: ({ step }: Record<string, unknown>): { step?: 'confirm' } => (step === 'confirm' ? { step } : {}),
  staticData: { needs: 'psk.bulkSet' },
  beforeLoad: requires('psk.bulkSet'),
  component: lazyPage(() => import('./tunnel-keys-page.tsx'), 'TunnelKeysPage', loadSessionDialogs),
})
