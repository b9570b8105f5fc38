import { createRoute, notFound } from '@tanstack/react-router'
import type { TunnelAnswer, TunnelListAnswer, TunnelVersion } from '@tunnel-console/shared/api'
import { problemOf } from '@tunnel-console/shared/problem'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import type { Fetched } from '../data/polled.ts'
import { requires } from '../data/session.ts'
import { tunnelQuery, tunnelsQuery } from '../data/tunnels.ts'
import { versionsQuery } from '../data/versions.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import type { StartSearch } from '../features/tunnel-editing/create/start-of.ts'
import { lazyPage, WaitingForm } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

/** A tunnel that nobody knows has no versions, and is none. Anything else is an error of the page. */
const nothing =
  <T,>(instead: T) =>
  (error: unknown): T => {
    if (problemOf(error).code === 'not-found') return instead
    throw error
  }

const tunnelsOf = ({ body }: Fetched<TunnelListAnswer>) => body.tunnels

/** Reads an address leniently: what names no tunnel, or is no address, is left out. */
function searchOf({ from, clone, second, interface_address }: Record<string, unknown>): StartSearch {
  if (isTunnelId(from)) return { from }
  if (isTunnelId(clone)) return { clone }
  if (isTunnelId(second)) return { second }
  const isAddress = typeof interface_address === 'string' && /^[\d.]{7,15}\/\d{1,2}$/.test(interface_address)
  return isAddress ? { interface_address } : {}
}

/** A tunnel on its way. It stays mounted from step to step: what was typed, a key too, is in it. */
export const tunnelNewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/new',
  staticData: { needs: 'tunnel.create' },
  validateSearch: searchOf,
  beforeLoad: requires('tunnel.create'),
  loaderDeps: ({ search }) => search,
  loader: {
    handler: async ({ context: { queryClient }, deps: { from, clone, second } }) => {
      const other = clone ?? second
      const [versions, tunnel, others] = await Promise.all([
        from === undefined
          ? null
          : queryClient.fetchQuery({ ...versionsQuery(from), staleTime: 0 }).catch(nothing<TunnelVersion[]>([])),
        other === undefined
          ? null
          : queryClient.fetchQuery({ ...tunnelQuery(other), staleTime: 0 }).catch(nothing<TunnelAnswer | null>(null)),
        // Its name and its address depend on what is there. Where that cannot be read, the form says so.
        second === undefined ? [] : queryClient.fetchQuery(tunnelsQuery()).then(tunnelsOf, () => []),
      ])
      return { versions, tunnel, others }
    },
    staleReloadMode: 'blocking',
  },
  // The form must not move under the person's hands.
  shouldReload: ({ cause }) => cause !== 'stay',
  remountDeps: ({ search }) => search,
  pendingComponent: WaitingForm,
  component: lazyPage(() => import('./tunnel-new-page.tsx'), 'TunnelNewPage', loadSessionDialogs, WaitingForm),
})

const views = ['basics', 'endpoints', 'inside', 'health', 'key', 'review', 'all']

/** One step of it, or all fields. The page above shows it. */
export const tunnelNewStepRoute = createRoute({
  getParentRoute: () => tunnelNewRoute,
  path: '$step',
  staticData: { needs: 'tunnel.create' },
  beforeLoad: ({ params }) => {
    if (!views.includes(params.step)) throw notFound()
  },
})
