import type { UndoEntry, UndoState } from '@tunnel-console/shared/api'
import { type BgpState, stateWords, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import { count } from '../../lib/format.ts'
import { namesText } from '../../lib/names-text.ts'
import type { UndoGroup } from './undo-groups.ts'

const bgpWords: Record<BgpState, string> = {
  up: 'Up',
  establishing: 'Establishing',
  down: 'Down',
  unknown: 'Unknown',
}

/** How tunnels do now, by id; `null`: not known. */
export type Statuses = Readonly<Record<string, TunnelStatus>> | null
type Before = Pick<UndoEntry, 'tunnelId' | 'stateBefore' | 'bgpBefore'>

/**
 * "Health: Up → Up. BGP: Up → Down": before the change and now. Of several tunnels, how many are in which state. Without
 * `statuses`, now is not known.
 */
export function standingWords(entries: readonly Before[], statuses: Statuses): string {
  const health = compared(
    entries.map(({ stateBefore }) => stateBefore),
    entries.map(({ tunnelId }) => statuses?.[tunnelId]?.state ?? null),
    (state: TunnelState) => stateWords[state],
  )
  const hasBgp = entries.filter(({ tunnelId, bgpBefore }) => bgpBefore !== null || statuses?.[tunnelId]?.bgp)
  if (hasBgp.length === 0) return `Health: ${health}.`
  const bgp = compared(
    hasBgp.map(({ bgpBefore }) => bgpBefore),
    hasBgp.map(({ tunnelId }) => statuses?.[tunnelId]?.bgp?.state ?? null),
    (state: BgpState) => bgpWords[state],
  )
  return `Health: ${health}. BGP: ${bgp}.`
}

function compared<State>(
  before: readonly (State | null)[],
  now: readonly (State | null)[],
  wordOf: (state: State) => string,
): string {
  const words = (states: readonly (State | null)[]) => {
    const all = states.map((state) => (state === null ? 'not known' : wordOf(state)))
    if (all.length === 1) return all[0] ?? ''
    return [...Map.groupBy(all, (word) => word)].map(([word, same]) => `${same.length} ${word}`).join(', ')
  }
  return `${words(before)} → ${words(now)}`
}

/** The words of both, the worst last. What is in neither is neither better nor worse. */
const rank: readonly (TunnelState | BgpState | null | undefined)[] = [
  'up',
  'establishing',
  'recovering',
  'degraded',
  'down',
]

/** Whether a tunnel does worse than before the change. What is not known is not worse. */
export function isWorse({ tunnelId, stateBefore, bgpBefore }: Before, statuses: Statuses): boolean {
  const now = statuses?.[tunnelId]
  const fell = (before: TunnelState | BgpState | null, after: TunnelState | BgpState | undefined) =>
    rank.includes(before) && rank.indexOf(after) > rank.indexOf(before)
  return now !== undefined && (fell(stateBefore, now.state) || fell(bgpBefore, now.bgp?.state))
}

/** "branch-07", "branch-07 and 39 more". */
export function namesOf({ first, entries }: UndoGroup): string {
  return entries.length === 1 ? first.name : `${first.name} and ${entries.length - 1} more`
}

/** "Changed by ada@example.com: Description." */
export function changeWordsOf({ first, entries }: UndoGroup): string {
  const labels = [...new Set(entries.flatMap(({ changes }) => changes.map(({ label }) => label)))]
  return `Changed by ${first.by.email}${labels.length > 0 ? `: ${namesText(labels)}` : ''}.`
}

type Ended = Extract<UndoState, 'kept' | 'undone' | 'blocked' | 'failed'>

const ends: Record<Ended, { one: string; many: string }> = {
  kept: { one: 'the change stays', many: 'kept' },
  undone: { one: 'the change was undone, and the former values are back', many: 'undone' },
  blocked: {
    one: 'not undone, because somebody changed it meanwhile. Nothing was overwritten',
    many: 'not undone, because somebody changed them meanwhile',
  },
  failed: { one: 'could not be undone, and still has the new values', many: 'could not be undone' },
}

const endOrder: readonly Ended[] = ['failed', 'blocked', 'undone', 'kept']

/** What became of a group that has ended, and why, as the console says it. */
export function endWords({ entries }: UndoGroup): string {
  const [only] = entries
  const why = [...new Set(entries.flatMap(({ why: text }) => (text ? [sentence(text)] : [])))].join(' ')
  if (entries.length === 1 && only) return `${sentence(endOf(only).one)}${why && ` ${why}`}`
  const parts = endOrder.flatMap((end) => {
    const number = entries.filter(({ state }) => state === end).length
    return number > 0 ? [`${count(number, 'tunnel')} ${ends[end].many}`] : []
  })
  return `${sentence(parts.join(', '))}${why && ` ${why}`}`
}

/** Whether something is left to be done by a person. */
export const endedBadly = ({ entries }: UndoGroup): boolean =>
  entries.some(({ state }) => state === 'blocked' || state === 'failed')

const endOf = ({ state }: UndoEntry) => ends[endOrder.find((end) => end === state) ?? 'kept']

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
