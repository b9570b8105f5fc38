import { createRoute } from '@tanstack/react-router'
import type { TunnelVersion } from '@tunnel-console/shared/api'
import { problemOf } from '@tunnel-console/shared/problem'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { requires } from '../data/session.ts'
import { versionsQuery } from '../data/versions.ts'
import { loadSessionDialogs } from '../features/session/session-watch.tsx'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

/** A tunnel that nobody knows has no versions. Anything else is an error of the page. */
function noneKept(error: unknown): TunnelVersion[] {
  if (problemOf(error).code === 'not-found') return []
  throw error
}

/**
 * `from` names a tunnel, mostly one that is gone: the form starts with its last version. `interface_address` is what the form
 * starts with otherwise; its own rule judges it there.
 */
function searchOf({ from, interface_address }: Record<string, unknown>): { from?: string; interface_address?: string } {
  if (isTunnelId(from)) return { from }
  const isAddress = typeof interface_address === 'string' && /^[\d.]{7,15}\/\d{1,2}$/.test(interface_address)
  return isAddress ? { interface_address } : {}
}

export const tunnelNewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/new',
  staticData: { needs: 'tunnel.create' },
  validateSearch: searchOf,
  beforeLoad: requires('tunnel.create'),
  loaderDeps: ({ search }) => search,
  loader: {
    handler: ({ context: { queryClient }, deps: { from } }) =>
      from === undefined ? null : queryClient.fetchQuery({ ...versionsQuery(from), staleTime: 0 }).catch(noneKept),
    staleReloadMode: 'blocking',
  },
  // The form must not move under the person's hands.
  shouldReload: ({ cause }) => cause !== 'stay',
  remountDeps: ({ search }) => search,
  component: lazyPage(() => import('./tunnel-new-page.tsx'), 'TunnelNewPage', loadSessionDialogs),
})
