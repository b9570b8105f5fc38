import { can, type Permission, type Role } from '@tunnel-console/shared/access'

/** "They can no longer: …". Two permissions that people know as one have one name. */
const abilities: readonly [permission: Permission, words: string][] = [
  ['tunnel.read', 'see the whole configuration'],
  ['tunnel.create', 'create tunnels'],
  ['tunnel.update', 'change tunnels'],
  ['psk.generate', 'generate keys'],
  ['audit.read', 'read the audit log'],
  ['tunnel.delete', 'delete tunnels'],
  ['tunnel.bulkUpdate', 'change many tunnels at once'],
  ['user.manage', 'manage users'],
  ['settings.manage', 'change settings'],
]

/** What a person may do with the second role and not with the first. */
export function gained(before: Role, after: Role): string[] {
  return abilities
    .filter(([permission]) => can(after, permission) && !can(before, permission))
    .map(([, words]) => words)
}
