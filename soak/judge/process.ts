import { isWrite } from '../adversary/ledger.ts'
import type { Poll } from '../history.ts'
import { isApplied } from './counters.ts'
import type { Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

/** The process lives until somebody ends it, catches its errors, keeps secrets and knows its people's password. */
export function badProcess({ history }: Evidence): Violation[] {
  const { lives, unhandled, leaks, passwordRefusals, startedAt, endedAt } = history
  return [
    ...lives
      .filter(({ endedBy }) => endedBy === 'itself')
      .map(({ endedAt: at }) => ({ rule: 'died', at: at ?? endedAt, says: 'the console ended by itself' })),
    ...unhandled.map((line) => ({ rule: 'unhandled', at: endedAt, says: line.slice(0, 200) })),
    ...leaks.map(({ place, secret, form, context }) => ({
      rule: 'leak',
      at: endedAt,
      says: `${secret} (${form}) is in ${place}: ${context}`,
    })),
    ...(passwordRefusals > 0
      ? [
          {
            rule: 'password-refused',
            at: startedAt,
            says: `the right password was answered 401, ${passwordRefusals} times`,
          },
        ]
      : []),
  ]
}

/** A list that has suddenly lost more than half of its tunnels is not shown before a second reading says the same. */
export function believedLists({ history }: Evidence): Violation[] {
  const { polls, lives } = history
  const isShort = ({ tunnels, really }: Poll) => tunnels !== null && tunnels * 2 < really
  return polls.filter(isShort).flatMap(({ at, tunnels, really }): Violation[] => {
    const life = lives.findLast(({ readyAt }) => readyAt <= at)
    // The first list after a start has nothing to be held against.
    const wasWhole = polls.some(
      (poll) => poll.tunnels !== null && !isShort(poll) && poll.at < at && poll.at >= (life?.readyAt ?? 0),
    )
    return wasWhole
      ? [{ rule: 'list-believed', at, says: `a list of ${tunnels} was shown where there are ${really}` }]
      : []
  })
}

/** A run in which little happened proves nothing. */
export function idle({ history, writes }: Evidence): Violation[] {
  const applied = (kind: string) => history.ops.filter((op) => op.kind === kind && isApplied(op)).length
  const found = { increment: applied('increment'), create: applied('create'), psk: applied('psk') }
  if (found.increment >= 5 && found.create >= 2 && found.psk >= 1 && writes.filter(isWrite).length >= 15) return []
  const says = `only ${found.increment} increments, ${found.create} creations and ${found.psk} keys came through`
  return [{ rule: 'idle', at: history.endedAt, says }]
}
