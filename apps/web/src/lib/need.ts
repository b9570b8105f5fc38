import { can, type Permission, roles } from '@tunnel-console/shared/access'
import { roleNames } from './role-words.ts'

/** "Editing needs Operator". */
const doing: Record<Permission, string> = {
  'status.read': 'Looking at status',
  'tunnel.read': 'The whole configuration',
  'tunnel.validate': 'Validating',
  'tunnel.create': 'Creating tunnels',
  'tunnel.update': 'Editing',
  'tunnel.delete': 'Deleting tunnels',
  'tunnel.bulkUpdate': 'Changing many tunnels',
  'psk.generate': 'Generating keys',
  'psk.bulkSet': 'Setting many keys',
  'audit.read': 'The audit log',
  'user.manage': 'Managing users',
  'settings.manage': 'Changing settings',
}

export interface Helper {
  name: string
  email: string
}

/** A wall: what stands behind it, the lowest role that may pass, and who can give it. */
export interface Need {
  doing: string
  role: string
  helpers: readonly Helper[]
}

export function needOf(permission: Permission, helpers: readonly Helper[]): Need {
  const role = roles.find((lowest) => can(lowest, permission)) ?? 'admin'
  return { doing: doing[permission], role: roleNames[role], helpers }
}

/** How many are named. More would hide the rest of the page. */
export const namedHelpers = 3

/** The same as `NeedsRole` draws, for where only text fits: "Editing needs Operator. Ask: Ada Admin (ada@example.com)." */
export function needText({ doing: what, role, helpers }: Need): string {
  const named = helpers.slice(0, namedHelpers).map(({ name, email }) => `${name} (${email})`)
  const more = helpers.length - named.length
  const ask =
    named.length === 0 ? 'Ask an administrator' : `Ask: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return `${what} needs ${role}. ${ask}.`
}
