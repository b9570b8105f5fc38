import type { UserEntry } from '@tunnel-console/shared/api'

export type UserState = 'active' | 'invited' | 'expired' | 'disabled'

/** Where a person stands. Disabled wins: an invitation of somebody disabled opens nothing. */
export function stateOf({ disabled, invitedUntil }: UserEntry, now: Date): UserState {
  if (disabled) return 'disabled'
  if (invitedUntil === null) return 'active'
  return Date.parse(invitedUntil) > now.getTime() ? 'invited' : 'expired'
}

/** Whether this is the one administrator who can sign in: nobody could give the role back. */
export function isLastAdministrator(user: UserEntry, users: readonly UserEntry[]): boolean {
  const able = ({ role, disabled, invitedUntil }: UserEntry) => role === 'admin' && !disabled && invitedUntil === null
  return able(user) && users.filter(able).length === 1
}

/** By name, e-mail address, role or state. */
export function matches({ name, email, role }: UserEntry, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${name} ${email} ${role}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
