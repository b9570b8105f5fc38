import { createRoute } from '@tanstack/react-router'
import { parseIpv4 } from '@tunnel-console/shared/ip'
import { requires } from '../data/session.ts'
import { lazyPage } from './lazy-page.tsx'
import { appRoute } from './root.tsx'

/** A destination that is asked for, and the id of what is thought away. What is neither is left out. */
function searchOf({ to, without }: Record<string, unknown>): { to?: string; without?: string } {
  if (typeof to !== 'string' || parseIpv4(to) === null) return {}
  return typeof without === 'string' && without !== '' ? { to, without } : { to }
}

export const addressesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/addresses',
  validateSearch: searchOf,
  staticData: { needs: 'tunnel.read' },
  beforeLoad: requires('tunnel.read'),
  component: lazyPage(() => import('./addresses-page.tsx'), 'AddressesPage'),
})
