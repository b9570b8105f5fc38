import type { Role } from '@tunnel-console/shared/access'

export const roleNames: Record<Role, string> = { admin: 'Admin', operator: 'Operator', support: 'Support' }

/** What a role may do, in one line. */
export const roleCan: Record<Role, string> = {
  admin: 'Can do everything',
  operator: 'Can create and change tunnels and generate keys',
  support: 'Can look at status',
}
