import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import type { DrawFirstList, FirstList as Given } from '@tunnel-console/shared/first-list'
import { createContext, useContext } from 'react'
import { renderToString } from 'react-dom/server'
import { sessionQuery, useCan, useSession } from '../data/session.ts'
import { FirstList } from '../features/tunnels/first-list.tsx'
import { preloadCells } from '../features/tunnels/tunnel-columns.tsx'
import { ExportSlot } from '../routes/export-slot.tsx'
import { pages } from '../routes/pages.ts'
import { Shell } from '../routes/shell.tsx'
import { TunnelsHeader } from '../routes/tunnels.tsx'
import { preloadLongTable } from '../ui/data-table.tsx'
import { tick } from '../ui/time-ago.tsx'
import { asSeen, withoutStyles } from './as-seen.ts'
import { reader } from './window.ts'

const Shown = createContext<Given | null>(null)

function Page() {
  const list = useContext(Shown)
  const { id } = useSession().user
  const canRead = useCan('tunnel.read')
  const canSelect = useCan('tunnel.bulkUpdate')
  if (!list) return null
  return (
    <>
      {/* Nothing says that it is live before it is. */}
      <TunnelsHeader fetchedAt={undefined} isFailing={false} />
      {/* Which column is the address at Cloudflare, for the stylesheet. */}
      <div id="first-list" data-cloudflare={canRead ? (canSelect ? 6 : 5) : undefined} aria-hidden inert>
        <FirstList
          {...list}
          person={{ id, canRead }}
          canSelect={canSelect}
          afterSummary={canRead && <ExportSlot tunnels={[]} />}
        />
      </div>
    </>
  )
}

// Nothing of a person is in it, so all share it.
const rootRoute = createRootRoute({ component: Shell })
const routes = pages.map(({ path }) =>
  createRoute({ getParentRoute: () => rootRoute, path, ...(path === '/tunnels' && { component: Page }) }),
)
const router = createRouter({
  routeTree: rootRoute.addChildren(routes),
  history: createMemoryHistory({ initialEntries: ['/tunnels'] }),
})
await Promise.all([router.load(), preloadCells(), preloadLongTable()])

/** Draws what `app.tsx` will draw in its place. Never throws for what is in a tunnel: React writes it as text. */
export const draw: DrawFirstList = (list) => {
  const client = new QueryClient()
  client.setQueryData(sessionQuery().queryKey, list.session)
  reader.isNarrow = list.isNarrow
  tick()
  const html = renderToString(
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <Shown value={list}>
          <RouterProvider router={router} />
        </Shown>
      </QueryClientProvider>
    </CSPProvider>,
  )
  client.clear()
  return withoutStyles(asSeen(html))
}
