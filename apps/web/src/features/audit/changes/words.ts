import type { AuditEntry } from '@tunnel-console/shared/audit'
import { type StateFold, tunnelsIn, turnWords } from '@tunnel-console/shared/state-folds'
import { stateWords } from '@tunnel-console/shared/status'
import type { StateChange } from '@tunnel-console/shared/status-answers'
import { clockTime, exactTime } from '../../../lib/exact-times.ts'
import { formatNumber, isSameDay, nearTime, shortDuration } from '../../../lib/format.ts'
import { namesText } from '../../../lib/names-text.ts'
import { actorWord, actSentence } from '../words.ts'
import type { LaneItem } from './lanes.ts'

/** "Changed", with the fields: "Description, Health check rate". */
export const fieldsOf = ({ changes }: AuditEntry): string => namesText(changes.map(({ label }) => label))

/** What stands on the axis in one line, as a screen reader hears it there. */
export function lineOf(item: LaneItem): string {
  if (item.lane === 'status') return `${exactTime(new Date(item.at))}. ${foldSentence(item.fold)}`
  const { entry } = item
  const fields = fieldsOf(entry)
  const what = `${actSentence(entry)}${entry.target ? ` ${entry.target.name}` : ''}${fields ? `: ${fields}` : ''}`
  return `${exactTime(new Date(entry.at))}, ${actorWord(entry.actor.email)}. ${what}`
}

/** The name of a tunnel; of one that nobody remembers, the beginning of its id. */
export const nameIn = ({ name, tunnelId }: Pick<StateChange, 'name' | 'tunnelId'>): string =>
  name || `Deleted tunnel ${tunnelId.slice(0, 8)}…`

/** "31 tunnels went down within 30 s", or "branch-07 went down, Up again 14:09:11 after 7 min", with announced work. */
export function foldSentence(fold: StateFold): string {
  const [first] = fold.changes
  if (!first) return ''
  const who = isOfOne(fold) ? nameIn(first) : numberWords(fold)
  return [`${who} ${whatWords(fold)}`, nextWords(fold), plannedWords(fold)].filter(Boolean).join(', ')
}

/** It tells of one tunnel, which may have changed more than once. */
export const isOfOne = ({ changes, flapsSince }: Pick<StateFold, 'changes' | 'flapsSince'>): boolean =>
  changes.length === 1 || flapsSince !== null

/** "31 tunnels", or that there may be more. */
export const numberWords = (fold: StateFold): string =>
  `${fold.isCut ? 'At least ' : ''}${formatNumber(tunnelsIn(fold))} tunnels`

/** "went down within 30 s", or "changed state 94 times within 23 h". What nobody saw says when it was found, and since when it may have been. */
export function whatWords({ to, at, until, flapsSince, lastSeen, changes }: StateFold): string {
  if (flapsSince !== null) {
    const lasted = shortDuration((Date.parse(until) - Date.parse(flapsSince)) / 1000)
    return `changed state ${formatNumber(changes.length)} times within ${lasted}`
  }
  if (lastSeen !== null) {
    const be = changes.length === 1 ? 'was' : 'were'
    return `${be} ${stateWords[to].toLowerCase()} when seen again: it happened after ${near(lastSeen, at)}, while nobody saw it`
  }
  const seconds = Math.ceil((Date.parse(until) - Date.parse(at)) / 1000)
  const within =
    seconds > 0 ? ` within ${seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}` : ' at once'
  return `${turnWords[to]}${changes.length === 1 ? '' : within}`
}

/** "up again 14:09:11, after 7 min". */
export function nextWords({ at, next }: Pick<StateFold, 'at' | 'next'>): string {
  if (next === null) return ''
  const after = shortDuration((Date.parse(next.at) - Date.parse(at)) / 1000)
  return `${stateWords[next.to].toLowerCase()}${next.to === 'up' ? ' again' : ''} ${near(next.at, at)}, after ${after}`
}

/** "planned" of one, "3 of them planned" of many. */
export function plannedWords({ planned, changes }: Pick<StateFold, 'planned' | 'changes'>): string {
  if (planned === 0) return ''
  return planned === changes.length ? 'as planned' : `${formatNumber(planned)} of them planned`
}

/** A time beside another one: with the day only where that differs. */
function near(at: string, beside: string): string {
  const date = new Date(at)
  return isSameDay(date, new Date(beside)) ? clockTime(date) : nearTime(date)
}
