import type { Permission } from '@tunnel-console/shared/access'

export interface Page {
  path: string
  label: string
  permission: Permission
  /** The second key after `g`. */
  key: string
}

/** What the navigation and the palette offer, in order. A page shows once its route is in the router. */
export const pages: readonly Page[] = [
  { path: '/tunnels', label: 'Tunnels', permission: 'status.read', key: 't' },
  { path: '/addresses', label: 'Addresses', permission: 'tunnel.read', key: 'd' },
  { path: '/changes', label: 'What changed', permission: 'audit.read', key: 'c' },
  { path: '/jobs', label: 'Jobs', permission: 'tunnel.read', key: 'j' },
  { path: '/approvals', label: 'Approvals', permission: 'tunnel.update', key: 'p' },
  { path: '/audit', label: 'Audit log', permission: 'audit.read', key: 'a' },
  { path: '/users', label: 'Users', permission: 'user.manage', key: 'u' },
  { path: '/settings', label: 'Settings', permission: 'settings.manage', key: 's' },
]
