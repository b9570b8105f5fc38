import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router'
import type { Permission } from '@tunnel-console/shared/access'
import { ensureSession } from '../data/session.ts'
import { Shell } from './shell.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The permission without which the page is closed, as its guard demands it. */
    needs?: Permission
  }
}

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet })

/** The parent of every page for signed-in people. `context.session` says who they are. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location }) => ({
    session: await ensureSession(context.queryClient, location.href),
  }),
  component: Shell,
})
