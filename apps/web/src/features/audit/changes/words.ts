import type { AuditEntry } from '@tunnel-console/shared/audit'
import { exactTime } from '../../../lib/format.ts'
import { namesText } from '../../../lib/names-text.ts'
import { actorWord, actSentence } from '../words.ts'

/** "Changed", with the fields: "Description, Health check rate". */
export const fieldsOf = ({ changes }: AuditEntry): string => namesText(changes.map(({ label }) => label))

/** A change in one line, as a screen reader hears it on the time axis. */
export function lineOf(entry: AuditEntry): string {
  const fields = fieldsOf(entry)
  const what = `${actSentence(entry)}${entry.target ? ` ${entry.target.name}` : ''}${fields ? `: ${fields}` : ''}`
  return `${exactTime(new Date(entry.at))}, ${actorWord(entry.actor.email)}. ${what}`
}
