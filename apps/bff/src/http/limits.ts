import type { Deps } from '../deps.ts'

/** Making a key is a change too, and a rarer one: each makes a device lose its tunnel until it gets the new key. */
export type LimitKind = 'change' | 'key'

const windowMs = 60_000
const most = { change: 60, key: 10 } as const satisfies Record<LimitKind, number>
/** People without a recent change are forgotten once so many are remembered. */
const mostPeople = 1000

export interface Limits {
  /** Takes one from a person's allowance. `null` when it was there, else the seconds until it is, and nothing is taken. */
  take(userId: string, kind: LimitKind): number | null
}

/**
 * How much one person may change: 60 changes and 10 keys in any 60 seconds. A change costs three calls, and Cloudflare allows
 * the whole account 240 in a minute (S61). In memory and on monotonic time: a restart forgives, a changed clock does not.
 */
export function createLimits({ monotonic }: Pick<Deps, 'monotonic'>): Limits {
  const people = new Map<string, Record<LimitKind, number[]>>()

  function forgetOthers(since: number): void {
    for (const [id, { change }] of people) if (!change.some((at) => at > since)) people.delete(id)
  }

  return {
    take(userId, kind) {
      const now = monotonic()
      const since = now - windowMs
      if (people.size > mostPeople) forgetOthers(since)
      const past = people.get(userId) ?? { change: [], key: [] }
      const recent = { change: past.change.filter((at) => at > since), key: past.key.filter((at) => at > since) }
      const inTheWay =
        kind === 'key'
          ? [oldestInTheWay(recent, 'change'), oldestInTheWay(recent, 'key')]
          : [oldestInTheWay(recent, 'change')]
      const freeAt = Math.max(...inTheWay)
      if (freeAt > since) return Math.ceil((freeAt - since) / 1000)
      recent.change.push(now)
      if (kind === 'key') recent.key.push(now)
      people.set(userId, recent)
      return null
    },
  }
}

/** The moment that must leave the window before there is room again; minus infinity when there is room. */
function oldestInTheWay(recent: Record<LimitKind, number[]>, kind: LimitKind): number {
  return recent[kind].at(-most[kind]) ?? Number.NEGATIVE_INFINITY
}
