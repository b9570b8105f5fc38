export const roles = ['support', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

/**
 * Everything a person can be allowed to do: the permission, the audit label and the reason a
 * control is disabled all read from this one list.
 */
export const permissions = [
  'status.read',
  'tunnel.read',
  'tunnel.validate',
  'tunnel.create',
  'tunnel.update',
  'tunnel.delete',
  'tunnel.bulkUpdate',
  'psk.generate',
  'psk.bulkSet',
  'audit.read',
  'user.manage',
  'settings.manage',
] as const
export type Permission = (typeof permissions)[number]

const operator: readonly Permission[] = [
  'status.read',
  'tunnel.read',
  'tunnel.validate',
  'tunnel.create',
  'tunnel.update',
  'psk.generate',
  'audit.read',
]

/** What each role may do. Support sees status and a reduced configuration (`visibleTunnel`), and nothing else. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  support: ['status.read'],
  operator,
  admin: permissions,
}

export function can(role: Role, permission: Permission): boolean {
  return rolePermissions[role].includes(permission)
}
