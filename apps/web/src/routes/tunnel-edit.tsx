import { createRoute, notFound } from '@tanstack/react-router'
import { type PreparedName, preparedName } from '@tunnel-console/shared/prepared-names'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { requires } from '../data/session.ts'
import { tunnelQuery } from '../data/tunnels.ts'
import { versionsQuery } from '../data/versions.ts'
import { loadSessionDialogs } from '../features/session/session-dialog-slots.tsx'
import { lazyPage, WaitingForm } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

type StartSearch = { restore?: number; side?: 'before'; prepare?: PreparedName }

/** Reads an address leniently: what names no version and no prepared change is left out. */
function startOf({ restore, side, prepare }: Record<string, unknown>): StartSearch {
  const seq = Number(restore)
  if (Number.isSafeInteger(seq) && seq >= 1) return { restore: seq, ...(side === 'before' && { side }) }
  const name = preparedName(prepare)
  return name ? { prepare: name } : {}
}

export const tunnelEditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tunnels/$id/edit',
  staticData: { needs: 'tunnel.update' },
  // What to start with: what a change left, with `side=before` what was there before it, or a change that a cause suggests.
  validateSearch: (search: Record<string, unknown>): StartSearch => startOf(search),
  beforeLoad: (options) => {
    if (!isTunnelId(options.params.id)) throw notFound()
    return requires('tunnel.update')(options)
  },
  // An edit starts on what is there now, never on what a cache remembers: not Query's, and not the router's own.
  loaderDeps: ({ search }) => search,
  loader: {
    handler: async ({ context: { queryClient }, params: { id }, deps }) => {
      const [answer, versions] = await Promise.all([
        queryClient.fetchQuery({ ...tunnelQuery(id), staleTime: 0 }),
        deps.restore === undefined ? null : queryClient.fetchQuery({ ...versionsQuery(id), staleTime: 0 }),
      ])
      return { ...answer, versions }
    },
    staleReloadMode: 'blocking',
  },
  // The review is another entry of the same page: what was loaded for the form stays.
  shouldReload: ({ cause }) => cause !== 'stay',
  remountDeps: ({ params, search }) => ({ ...params, ...search }),
  preload: false,
  pendingComponent: WaitingForm,
  component: lazyPage(() => import('./tunnel-edit-page.tsx'), 'TunnelEditPage', loadSessionDialogs, WaitingForm),
})
