import type { AuditEntry, AuditOutcome } from '@tunnel-console/shared/audit'
import { changeWords } from '../../lib/change-words.ts'
import type { Tone } from '../../ui/tone.ts'

const actionWords: Record<string, string> = {
  'tunnel.create': 'Create tunnel',
  'tunnel.update': 'Change tunnel',
  'tunnel.delete': 'Delete tunnel',
  'tunnel.validate': 'Validate tunnel',
  'tunnel.read': 'Read configuration',
  'tunnel.bulkUpdate': 'Change many tunnels',
  'psk.generate': 'Generate pre-shared key',
  'psk.bulkSet': 'Set many keys',
  'session.signIn': 'Sign in',
  'session.signOut': 'Sign out',
  'user.setUp': 'Create first administrator',
  'user.manage': 'Manage users',
  'audit.read': 'Read audit log',
  'settings.manage': 'Change settings',
  'sandbox.reset': 'Reset sandbox',
}

/** "Change tunnel"; an action that this build does not know is shown as it is. */
export const actionWord = (action: string): string => actionWords[action] ?? action

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
  denied: { word: 'Denied', meaning: 'The person’s role does not allow it. Nothing was sent.', tone: 'degraded' },
  failed: { word: 'Failed', meaning: 'It is certain that nothing happened.', tone: 'degraded' },
  unknown: {
    word: 'Unknown',
    meaning: 'Cloudflare’s answer was lost, and reading again did not settle whether it happened.',
    tone: 'degraded',
  },
  pending: {
    word: 'Pending',
    meaning: 'The intent is written; how it ended is not recorded yet.',
    tone: 'establishing',
  },
}

/** Everything of an entry as text, to quote it in a ticket. */
export function entryText(entry: AuditEntry): string {
  const { at, actor, action, target, outcome, validateOnly, changes, problem, ray, requestId } = entry
  return [
    `${at} ${actor.email} (${actor.role ?? 'no role'})`,
    `${validateOnly ? 'Dry run: ' : ''}${actionWord(action)}${target ? ` ${target.name} (${target.id ?? 'no id'})` : ''}`,
    `Result: ${outcomes[outcome]?.word ?? outcome}`,
    ...changes.map((change) => {
      const { before, after } = changeWords(change)
      return `${change.label}: ${before} → ${after}`
    }),
    ...(problem ? [`Problem: ${problem.code} ${problem.detail}`] : []),
    ...(ray ? [`Cloudflare Ray: ${ray}`] : []),
    `Request: ${requestId}`,
  ].join('\n')
}
