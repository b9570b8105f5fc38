import type { TunnelState } from './status.ts'
import type { StateChange } from './status-answers.ts'

/** Changes of many tunnels to one state at about one time, or the change of one. */
export interface StateFold {
  /** Stays the same while nothing is added before its first change. */
  id: string
  to: TunnelState
  /** UTC, ISO 8601: of the first change, and of the last one. */
  at: string
  until: string
  /** Nobody saw it: the earliest moment at which one of them was seen in its former state. `null`: the console saw it. */
  lastSeen: string | null
  /** Oldest first. */
  changes: StateChange[]
  /** How many of them announced work explains. */
  planned: number
  /** Of one tunnel alone: its next change, where that comes within what was read. */
  next: StateChange | null
  /** Older changes were not read, and might belong to it. */
  isCut: boolean
}

/** So few are told one by one: their names say more than their number. */
const fewest = 3
/** What comes so soon after the one before belongs to it: a poll, and a little. */
const chainMs = 90_000
/** No longer than this in all, so that a bad day is no single event. */
const longestMs = 10 * 60_000

/**
 * Folds what happened to many tunnels at once ("31 tunnels went down"), oldest first. `changes` as `GET /api/status/changes`
 * gives them, newest first; `isCut` where older ones were not read. What nobody saw happen is never folded with what somebody saw.
 */
export function foldChanges(changes: readonly StateChange[], isCut = false): StateFold[] {
  const oldestFirst = changes.toReversed()
  const next = nextOf(changes)
  const groups: StateChange[][] = []
  const open = new Map<string, StateChange[]>()
  for (const change of oldestFirst) {
    const key = `${change.to} ${change.lastSeen !== null}`
    const group = open.get(key)
    if (group && isWithin(group, change)) group.push(change)
    else {
      const begun = [change]
      groups.push(begun)
      open.set(key, begun)
    }
  }
  const first = oldestFirst[0]
  return groups
    .flatMap((group) =>
      new Set(group.map(({ tunnelId }) => tunnelId)).size < fewest ? group.map((one) => [one]) : [group],
    )
    .map((group) => foldOf(group, next, isCut && first !== undefined && isWithin([first], group[0] ?? first)))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

function isWithin(group: readonly StateChange[], { at }: StateChange): boolean {
  const [first, last] = [group[0], group.at(-1)]
  if (!first || !last) return false
  return Date.parse(at) - Date.parse(last.at) <= chainMs && Date.parse(at) - Date.parse(first.at) <= longestMs
}

/** The change after each one, of the same tunnel. */
function nextOf(newestFirst: readonly StateChange[]): ReadonlyMap<StateChange, StateChange> {
  const next = new Map<StateChange, StateChange>()
  const later = new Map<string, StateChange>()
  for (const change of newestFirst) {
    const after = later.get(change.tunnelId)
    if (after) next.set(change, after)
    later.set(change.tunnelId, change)
  }
  return next
}

function foldOf(changes: StateChange[], next: ReadonlyMap<StateChange, StateChange>, isCut: boolean): StateFold {
  const [first, last] = [changes[0], changes.at(-1)]
  if (!first || !last) throw new Error('A fold has at least one change')
  const unseen = changes.flatMap(({ lastSeen }) => lastSeen ?? []).sort()
  return {
    id: `${first.tunnelId} ${first.at} ${first.to}`,
    to: first.to,
    at: first.at,
    until: last.at,
    lastSeen: unseen[0] ?? null,
    changes,
    planned: changes.filter(({ planned }) => planned !== null).length,
    next: changes.length === 1 ? (next.get(first) ?? null) : null,
    isCut: isCut && changes.length > 1,
  }
}

/** What a tunnel did that came to this state: "went down". */
export const turnWords: Readonly<Record<TunnelState, string>> = {
  down: 'went down',
  degraded: 'became degraded',
  recovering: 'began to recover',
  'needs-key': 'came to need a key',
  establishing: 'began to establish',
  unknown: 'was lost from sight',
  'not-monitored': 'was monitored no more',
  up: 'came up',
}

/** How many tunnels a fold tells of: one that changes twice within it counts once. */
export const tunnelsIn = ({ changes }: Pick<StateFold, 'changes'>): number =>
  new Set(changes.map(({ tunnelId }) => tunnelId)).size
