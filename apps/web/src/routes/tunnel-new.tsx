import { createRoute } from '@tanstack/react-router'
import type { TunnelVersion } from '@tunnel-console/shared/api'
import { problemOf } from '@tunnel-console/shared/problem'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { requires } from '../data/session.ts'
import { versionsQuery } from '../data/versions.ts'
import { loadSessionDialogs } from '../features/session/session-watch.tsx'
import { lazyPage, WaitingForm } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

/** A tunnel that nobody knows has no versions. Anything else is an error of the page. */
function noneKept(error: unknown): TunnelVersion[] {
  if (problemOf(error).code === 'not-found') return []
  throw error
}

export const tunnelNewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/new',
  staticData: { needs: 'tunnel.create' },
  // `from` names a tunnel, mostly one that is gone: the form starts with its last version.
  validateSearch: ({ from }: Record<string, unknown>): { from?: string } => (isTunnelId(from) ? { from } : {}),
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
  pendingComponent: WaitingForm,
  component: lazyPage(() => import('./tunnel-new-page.tsx'), 'TunnelNewPage', loadSessionDialogs, WaitingForm),
})
