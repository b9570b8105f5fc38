import type { AuditEntry } from '@tunnel-console/shared/audit'

/** What a person does and has done: "change" and "changed". A `thing` is named where the entry's target does not say it. */
const verbs: Record<string, [now: string, past: string, thing?: string]> = {
  'tunnel.create': ['create', 'created'],
  'tunnel.update': ['change', 'changed'],
  'tunnel.delete': ['delete', 'deleted'],
  'psk.generate': ['generate', 'generated', 'a pre-shared key'],
  'undo.keep': ['keep', 'kept', 'the change'],
  'undo.now': ['undo', 'undid', 'the change'],
  'psk.set': ['set', 'set', 'a pre-shared key'],
  'planned.create': ['plan', 'planned', 'work'],
  'planned.end': ['end', 'ended', 'planned work'],
  'wall.create': ['make', 'made', 'a wall screen'],
  'wall.revoke': ['revoke', 'revoked', 'a wall screen'],
  'wall.open': ['open', 'opened', 'the link of a wall screen'],
  'handoff.create': ['leave', 'left', 'a key for the far end'],
  'handoff.revoke': ['revoke', 'revoked', 'the hand-off of a key'],
  'handoff.open': ['open', 'opened', 'the key that was left'],
  'job.create': ['start', 'started', 'a job'],
  'job.pause': ['pause', 'paused', 'a job'],
  'job.resume': ['resume', 'resumed', 'a job'],
  'job.stop': ['stop', 'stopped', 'a job'],
  'job.retry': ['retry', 'retried', 'a job'],
  'job.reschedule': ['move', 'moved', 'a job to another time'],
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
  'settings.change': ['change', 'changed', 'settings'],
  'approval.ask': ['ask', 'asked', 'for approval of a change'],
  'approval.approve': ['approve', 'approved', 'a change'],
  'approval.decline': ['decline', 'declined', 'a change'],
  'approval.withdraw': ['withdraw', 'withdrew', 'a request for approval'],
  'approval.lapse': ['let', 'let', 'a request for approval lapse'],
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

type Told = Pick<AuditEntry, 'action' | 'outcome' | 'validateOnly'>

/**
 * What somebody did, to be read after their name: "signed in", "was refused to delete", "may have created". `null` for an
 * action or an outcome that has no such words.
 */
export function deedWords({ action, outcome, validateOnly }: Told): string | null {
  const [now, past, thing] = verbs[action] ?? []
  const tell = told[validateOnly && outcome !== 'denied' ? 'valid' : outcome]
  if (now === undefined || past === undefined || !tell) return null
  return [tell(now, past), thing].filter(Boolean).join(' ')
}
