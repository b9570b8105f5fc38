import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { queryClient } from './lib/query-client.ts'
import { accountRoute } from './routes/account.tsx'
import { addressesRoute } from './routes/addresses.tsx'
import { approvalsRoute } from './routes/approvals.tsx'
import { auditRoute } from './routes/audit.tsx'
import { bulkRoute } from './routes/bulk.tsx'
import { bulkDeleteRoute } from './routes/bulk-delete.tsx'
import { changesRoute } from './routes/changes.tsx'
import { connectionRoute } from './routes/connection.tsx'
import { ErrorPage, NotFoundPage, PendingPage } from './routes/fallbacks.tsx'
import { handoffRoute } from './routes/handoff.tsx'
import { inviteRoute } from './routes/invite.tsx'
import { jobRoute, jobsRoute } from './routes/jobs.tsx'
import { appRoute, rootRoute } from './routes/root.tsx'
import { settingsRoute } from './routes/settings.tsx'
import { setupRoute } from './routes/setup.tsx'
import { signInRoute } from './routes/sign-in.tsx'
import { importRoute, planRoute } from './routes/travel.tsx'
import { tunnelRoute } from './routes/tunnel.tsx'
import { tunnelEditRoute } from './routes/tunnel-edit.tsx'
import { tunnelKeysRoute } from './routes/tunnel-keys.tsx'
import { tunnelNewRoute, tunnelNewStepRoute } from './routes/tunnel-new.tsx'
import { tunnelsRoute } from './routes/tunnels.tsx'
import { usersRoute } from './routes/users.tsx'
import { wallRoute } from './routes/wall.tsx'
import { wallScreensRoute } from './routes/wall-screens.tsx'
import { webhooksRoute } from './routes/webhooks.tsx'

const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ href: '/tunnels', replace: true })
  },
})

/** Every other address, inside the shell and behind the guard like all pages. */
const notFoundRoute = createRoute({ getParentRoute: () => appRoute, path: '$', component: NotFoundPage })

/** The whole map. A page is its import above and its name here; `routes/pages.ts` gives it a place in the navigation. */
const routeTree = rootRoute.addChildren([
  signInRoute,
  setupRoute,
  inviteRoute,
  handoffRoute,
  wallRoute,
  appRoute.addChildren([
    indexRoute,
    tunnelsRoute,
    tunnelNewRoute.addChildren([tunnelNewStepRoute]),
    tunnelKeysRoute,
    tunnelRoute,
    tunnelEditRoute,
    addressesRoute,
    approvalsRoute,
    changesRoute,
    bulkRoute,
    bulkDeleteRoute,
    importRoute,
    planRoute,
    jobsRoute,
    jobRoute,
    auditRoute,
    usersRoute,
    settingsRoute,
    connectionRoute,
    wallScreensRoute,
    webhooksRoute,
    accountRoute,
    notFoundRoute,
  ]),
])

/** Not made as this file is loaded: each of both takes its time, and whoever presses something waits for one at most. */
export const createConsoleRouter = () =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: PendingPage,
    defaultPendingMs: 150,
    defaultPendingMinMs: 300,
    defaultPreload: 'intent',
    // Query decides what is fresh; the router only asks.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>
  }
}
