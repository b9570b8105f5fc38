import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requires } from '../lib/session.ts'
import { tunnelQuery } from '../lib/tunnels.ts'
import { appRoute } from './root.tsx'

export const tunnelEditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/$id/edit',
  beforeLoad: requires('tunnel.update'),
  // An edit starts on what is there now, never on what a cache remembers.
  loader: ({ context, params }) => context.queryClient.fetchQuery({ ...tunnelQuery(params.id), staleTime: 0 }),
  component: lazyRouteComponent(() => import('./tunnel-edit-page.tsx'), 'TunnelEditPage'),
})
