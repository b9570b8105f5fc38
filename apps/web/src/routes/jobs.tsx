import { createRoute } from '@tanstack/react-router'
import { requires } from '../data/session.ts'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

export const jobsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/jobs',
  staticData: { needs: 'tunnel.read' },
  beforeLoad: requires('tunnel.read'),
  component: lazyPage(() => import('./jobs-page.tsx'), 'JobsPage'),
})

export const jobRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/jobs/$jobId',
  staticData: { needs: 'tunnel.read' },
  remountDeps: ({ params }) => params,
  beforeLoad: requires('tunnel.read'),
  component: lazyPage(() => import('./job-page.tsx'), 'JobPage'),
})
