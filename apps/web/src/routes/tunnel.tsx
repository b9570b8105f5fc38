import { createRoute, notFound } from '@tanstack/react-router'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

const tabNames = ['configuration', 'device-setup', 'history'] as const

/** How far back the history on the Status tab goes; a day where the address says nothing. */
const ranges = ['7d', '90d'] as const

type TunnelSearch = {
  tab?: (typeof tabNames)[number]
  range?: (typeof ranges)[number]
}

/** Reads an address leniently: what is no tab and no range is left out. */
function tunnelSearchOf(search: Record<string, unknown>): TunnelSearch {
  const tab = tabNames.find((name) => name === search['tab'])
  const range = ranges.find((name) => name === search['range'])
  return { ...(tab && { tab }), ...(range && { range }) }
}

export const tunnelRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/$id',
  validateSearch: (search: Record<string, unknown>): TunnelSearch => tunnelSearchOf(search),
  // Another tunnel is another page: nothing of the former, a key on the screen least of all, may live on under its name.
  remountDeps: ({ params }) => params,
  beforeLoad: ({ params }) => {
    if (!isTunnelId(params.id)) throw notFound()
  },
  component: lazyPage(() => import('./tunnel-page.tsx'), 'TunnelPage', loadSessionDialogs),
})
