import { expect, test } from 'vitest'
import { can, permissions, type Role, roles } from './access.ts'

/** Who may do what, written out again: a slip in the code must not change it unnoticed. */
const table: Record<(typeof permissions)[number], Role[]> = {
  'status.read': ['support', 'operator', 'admin'],
  'tunnel.read': ['operator', 'admin'],
  'tunnel.validate': ['operator', 'admin'],
  'tunnel.create': ['operator', 'admin'],
  'tunnel.update': ['operator', 'admin'],
  'psk.generate': ['operator', 'admin'],
  'tunnel.delete': ['admin'],
  'tunnel.bulkUpdate': ['admin'],
  'psk.bulkSet': ['admin'],
  'audit.read': ['operator', 'admin'],
  'user.manage': ['admin'],
  'settings.manage': ['admin'],
}

test.each(permissions.flatMap((permission) => roles.map((role) => [role, permission] as const)))(
  'whether %s has %s is as the design says',
  (role, permission) => {
    expect(can(role, permission)).toBe(table[permission].includes(role))
  },
)
