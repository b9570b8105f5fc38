import type { AuditEntry } from '@tunnel-console/shared/audit'
import { namesText } from '../../lib/names-text.ts'

/** What a person does and has done: "change" and "changed". A `thing` is named where the entry's target does not say it. */
const verbs: Record<string, [now: string, past: string, thing?: string]> = {
  'tunnel.create': ['create', 'created'],
  'tunnel.update': ['change', 'changed'],
  'tunnel.delete': ['delete', 'deleted'],
  'tunnel.createdOutside': ['create', 'created'],
  'tunnel.changedOutside': ['change', 'changed'],
  'tunnel.deletedOutside': ['delete', 'deleted'],
  'psk.generate': ['generate', 'generated', 'a pre-shared key'],
  'session.signIn': ['sign in', 'signed in'],
  'session.signOut': ['sign out', 'signed out'],
  'user.setUp': ['become', 'became', 'the first administrator'],
  'user.invite': ['invite', 'invited'],
  'user.changeRole': ['change', 'changed', 'the role'],
  'user.disable': ['disable', 'disabled'],
  'user.enable': ['enable', 'enabled'],
  'user.reset': ['make', 'made', 'a link for a new password'],
  'user.endSessions': ['end', 'ended', 'all sessions'],
  'user.join': ['take up', 'took up', 'the invitation'],
  'user.changePassword': ['change', 'changed', 'the password'],
  'sandbox.reset': ['reset', 'reset', 'the sandbox'],
}

/** How the verb is told for each outcome. */
const told: Record<string, (now: string, past: string) => string> = {
  applied: (_, past) => past,
  valid: (now) => `asked whether to ${now}`,
  rejected: (now) => `tried to ${now}`,
  conflict: (now) => `tried to ${now}`,
  failed: (now) => `tried to ${now}`,
  denied: (now) => `was refused to ${now}`,
  unknown: (_, past) => `may have ${past}`,
  pending: (now) => `set out to ${now}`,
}

type Told = Pick<AuditEntry, 'action' | 'outcome' | 'validateOnly' | 'changes'>

/**
 * What somebody did, to be read after their name: "signed in", "was refused to delete", "changed Description, Replay
 * protection". `null` for an action or an outcome that this build does not know.
 */
export function deedWords({ action, outcome, validateOnly, changes }: Told): string | null {
  const [now, past, thing] = verbs[action] ?? []
  const tell = told[validateOnly && outcome !== 'denied' ? 'valid' : outcome]
  if (now === undefined || past === undefined || !tell) return null
  const isChange = action === 'tunnel.update' || action === 'tunnel.changedOutside'
  const what = isChange && changes.length > 0 ? namesText(changes.map(({ label }) => label)) : thing
  return [tell(now, past), what].filter(Boolean).join(' ')
}
