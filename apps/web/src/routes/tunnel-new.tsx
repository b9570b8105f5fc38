import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { appRoute } from './root.tsx'

export const tunnelNewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/new',
  staticData: { needs: 'tunnel.create' },
  beforeLoad: requires('tunnel.create'),
  component: lazyRouteComponent(() => import('./tunnel-new-page.tsx'), 'TunnelNewPage'),
})
