import { type Permission, roles } from '@tunnel-console/shared/access'
import { type AuditAction, type AuditEntry, consoleActor, linkActor, outsideActor } from '@tunnel-console/shared/audit'
import type { AuditOutcome } from '@tunnel-console/shared/audit-outcome'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { changeWords } from '../../lib/change-words.ts'
import { codesText } from '../../lib/codes.ts'
import { clockTime, exactTime } from '../../lib/exact-times.ts'
import { formatNumber, isSameDay } from '../../lib/format.ts'
import { roleNames } from '../../lib/role-words.ts'
import type { Tone } from '../../ui/tone.ts'
import { deedWords } from './deeds.ts'

const actionWords: Record<AuditAction | Permission, string> = {
  'status.read': 'Read status',
  'tunnel.create': 'Create tunnel',
  'tunnel.update': 'Change tunnel',
  'tunnel.delete': 'Delete tunnel',
  'tunnel.validate': 'Validate tunnel',
  'tunnel.read': 'Read configuration',
  'tunnel.bulkUpdate': 'Change many tunnels',
  'tunnel.createdOutside': 'Created outside this console',
  'tunnel.changedOutside': 'Changed outside this console',
  'tunnel.deletedOutside': 'Deleted outside this console',
  'psk.generate': 'Generate pre-shared key',
  'psk.bulkSet': 'Set many keys',
  'undo.keep': 'Keep a change',
  'undo.now': 'Undo a change',
  'psk.set': 'Set pre-shared key',
  'planned.create': 'Plan work',
  'planned.end': 'End planned work',
  'wall.create': 'Make a wall screen',
  'wall.revoke': 'Revoke a wall screen',
  'wall.open': 'Open a wall screen',
  'handoff.create': 'Leave a key for the far end',
  'handoff.revoke': 'Revoke a hand-off',
  'handoff.open': 'Open a hand-off',
  'job.create': 'Start a job',
  'job.pause': 'Pause a job',
  'job.resume': 'Resume a job',
  'job.stop': 'Stop a job',
  'job.retry': 'Retry a job',
  'job.reschedule': 'Move a job to another time',
  'session.signIn': 'Sign in',
  'session.signOut': 'Sign out',
  'user.setUp': 'Create first administrator',
  'user.invite': 'Invite',
  'user.changeRole': 'Change role',
  'user.disable': 'Disable user',
  'user.enable': 'Enable user',
  'user.reset': 'Create password link',
  'user.endSessions': 'End all sessions',
  'user.join': 'Join',
  'user.changePassword': 'Change own password',
  'user.manage': 'Manage users',
  'audit.read': 'Read audit log',
  'settings.manage': 'Change settings',
  'settings.change': 'Change settings',
  'approval.ask': 'Ask for approval',
  'approval.approve': 'Approve change',
  'approval.decline': 'Decline change',
  'approval.withdraw': 'Withdraw request for approval',
  'approval.lapse': 'Approval lapsed',
  'sandbox.reset': 'Reset sandbox',
}

/** "Change tunnel"; an action that this build does not know is shown as it is. */
export const actionWord = (action: string): string => new Map(Object.entries(actionWords)).get(action) ?? action

/** What happened between people, in a sentence: "Invited bob@example.com as Operator". What happened to tunnels by its verb: "Changed", "Was refused to delete". */
export function actSentence(entry: AuditEntry): string {
  const { actor, action, outcome, target, changes } = entry
  const who = target?.name || 'somebody'
  const isSelf = target?.id === actor.id
  const role = changes.find(({ path }) => path === 'role')
  const sentence: Record<string, string> = {
    'session.signIn': 'Signed in',
    'session.signOut': 'Signed out',
    'user.setUp': 'Created the first administrator',
    'user.invite': `Invited ${who}${role ? ` as ${roleWordOf(role.after)}` : ''}`,
    'user.changeRole': role
      ? `Changed the role of ${who} from ${roleWordOf(role.before)} to ${roleWordOf(role.after)}`
      : `Changed the role of ${who}`,
    'user.disable': `Disabled ${who}`,
    'user.enable': `Enabled ${who}`,
    'user.reset': isSelf ? 'Set a new password by link' : `Created a password link for ${who}`,
    'user.endSessions': isSelf ? 'Ended sessions of their own' : `Ended all sessions of ${who}`,
    'user.join': 'Took up the invitation',
    'user.changePassword': 'Changed their password',
  }
  const deed = deedWords(entry)
  return (outcome === 'applied' ? sentence[action] : undefined) ?? (deed ? capitalised(deed) : actionWord(action))
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function roleWordOf(value: FieldChange['after']): string {
  const role = roles.find((known) => known === value)
  return role ? roleNames[role] : String(value)
}

/** Who it was, by what stands in the log. */
export const actorWord = (email: string): string => (nobodies.has(email) ? capitalised(email) : email)

/** Who acts here without being a person of this console. */
const nobodies: ReadonlySet<string> = new Set([outsideActor.email, consoleActor.email, linkActor.email])

/** The role of a person; nothing for writers that are none. */
export function roleWord({ id, role }: AuditEntry['actor']): string | null {
  return role ?? (id === 'unknown' ? 'not signed in' : null)
}

export const outcomes: Record<AuditOutcome, { word: string; meaning: string; tone?: Tone }> = {
  applied: { word: 'Applied', meaning: 'It happened.', tone: 'up' },
  valid: { word: 'Dry run valid', meaning: 'A dry run that Cloudflare accepts. Nothing was changed.' },
  rejected: {
    word: 'Rejected',
    meaning: 'Refused by Cloudflare or by our checks. Nothing was changed.',
    tone: 'degraded',
  },
  conflict: {
    word: 'Conflict',
    meaning: 'The tunnel had been changed by somebody else meanwhile. Nothing was changed.',
    tone: 'degraded',
  },
  denied: {
    word: 'Denied',
    meaning: 'The person’s role does not allow it, or not alone. Nothing was sent.',
    tone: 'degraded',
  },
  failed: { word: 'Failed', meaning: 'It is certain that nothing happened.', tone: 'degraded' },
  unknown: {
    word: 'Unknown',
    meaning:
      'Cloudflare’s answer was lost, and reading again did not settle whether it happened. The entry turns when it is known.',
    tone: 'degraded',
  },
  pending: {
    word: 'Pending',
    meaning: 'The intent is written; how it ended is not recorded yet.',
    tone: 'establishing',
  },
}

/**
 * Whether the outcome says something that the sentence does not: of a change at Cloudflare, that it was carried out there, and
 * of everything that it did not simply happen.
 */
export const tellsOutcome = ({ action, outcome }: Pick<AuditEntry, 'action' | 'outcome'>): boolean =>
  outcome !== 'applied' || carriedOut.has(action)

const carriedOut: ReadonlySet<string> = new Set<AuditAction>([
  'tunnel.create',
  'tunnel.update',
  'tunnel.delete',
  'psk.generate',
  'psk.set',
])

const outcomeWord = (outcome: AuditOutcome): string => outcomes[outcome]?.word ?? outcome

/** "41 times within a minute": repeated refusals are counted into one entry. */
export const timesText = (times: number): string => `${formatNumber(times)} times within a minute`

/**
 * "Unknown 14:02:11 → Applied 14:02:25", with the day where the turns are not of one day. `null` for an entry
 * that was settled once, or again with the same outcome.
 */
export function turnsText(turns: AuditEntry['turns']): string | null {
  const told = turns.filter(({ outcome }, index) => outcome !== turns[index - 1]?.outcome)
  if (told.length < 2) return null
  const [first] = told
  const time = told.every(({ at }) => isSameDay(new Date(at), new Date(first?.at ?? at))) ? clockTime : exactTime
  return told.map(({ at, outcome }) => `${outcomeWord(outcome)} ${time(new Date(at))}`).join(' → ')
}

/** The address that opens the log at this entry. */
export const entryLink = (id: string): string => `${location.origin}/audit?entry=${id}`

/** Everything of an entry as text, to quote it in a ticket. */
export function entryText(entry: AuditEntry): string {
  const { at, actor, target, outcome, validateOnly, changes, problem, ray, reason, requestId, times } = entry
  const turns = turnsText(entry.turns)
  return [
    `${at} ${actorWord(actor.email)} (${actor.role ?? 'no role'})`,
    `${validateOnly ? 'Dry run: ' : ''}${actSentence(entry)}${target ? ` ${target.name} (${target.id ?? 'no id'})` : ''}`,
    `Result: ${outcomeWord(outcome)}${times > 1 ? `, ${timesText(times)}` : ''}`,
    ...(turns ? [turns] : []),
    ...(reason ? [`Reason: ${reason}`] : []),
    ...changes.map((change) => {
      const { before, after } = changeWords(change)
      return `${change.label}: ${before} → ${after}`
    }),
    ...(problem ? [`Why: ${codesText(problem)} ${problem.detail}`] : []),
    ...(ray ? [`Cloudflare Ray: ${ray}`] : []),
    `Request: ${requestId}`,
    `Entry: ${entryLink(entry.id)}`,
  ].join('\n')
}
