import { createRoute, notFound } from '@tanstack/react-router'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

const tabNames = ['configuration', 'device-setup', 'history'] as const

export const tunnelRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/$id',
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: (typeof tabNames)[number] } => {
    const known = tabNames.find((name) => name === tab)
    return known ? { tab: known } : {}
  },
  // Another tunnel is another page: nothing of the former, a key on the screen least of all, may live on under its name.
  remountDeps: ({ params }) => params,
  beforeLoad: ({ params }) => {
    if (!isTunnelId(params.id)) throw notFound()
  },
  component: lazyPage(() => import('./tunnel-page.tsx'), 'TunnelPage', loadSessionDialogs),
})
