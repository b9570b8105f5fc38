import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { loadSessionDialogs } from '../features/session/session-watch.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const tunnelNewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/new',
  staticData: { needs: 'tunnel.create' },
  beforeLoad: requires('tunnel.create'),
  component: lazyPage(() => import('./tunnel-new-page.tsx'), 'TunnelNewPage', loadSessionDialogs),
})
