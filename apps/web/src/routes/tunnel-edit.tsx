import { createRoute, notFound } from '@tanstack/react-router'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { requires } from '../data/session.ts'
import { tunnelQuery } from '../data/tunnels.ts'
import { loadSessionDialogs } from '../features/session/session-watch.tsx'
import { FormSkeleton } from '../ui/skeleton.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const tunnelEditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/$id/edit',
  staticData: { needs: 'tunnel.update' },
  remountDeps: ({ params }) => params,
  beforeLoad: (options) => {
    if (!isTunnelId(options.params.id)) throw notFound()
    return requires('tunnel.update')(options)
  },
  // An edit starts on what is there now, never on what a cache remembers: not Query's, and not the router's own.
  loader: {
    handler: ({ context, params }) => context.queryClient.fetchQuery({ ...tunnelQuery(params.id), staleTime: 0 }),
    staleReloadMode: 'blocking',
  },
  // The review is another entry of the same page: what was loaded for the form stays.
  shouldReload: ({ cause }) => cause !== 'stay',
  preload: false,
  pendingComponent: () => <FormSkeleton label="Loading the form" />,
  component: lazyPage(() => import('./tunnel-edit-page.tsx'), 'TunnelEditPage', loadSessionDialogs),
})
