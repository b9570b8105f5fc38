import { ProblemError } from '@tunnel-console/shared/problem'

const patienceMs = 10_000

export type Turns = ReturnType<typeof createTurns>

/**
 * One at a time for each name, in the order of asking. In memory, since the account has one owner: nothing to renew, and no
 * clock that could end somebody's turn. Whoever waits longer than ten seconds gets `busy`; others are not held up.
 */
export function createTurns(patience = patienceMs) {
  const last = new Map<string, Promise<void>>()

  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(name) ?? Promise.resolve()
    const { promise: mine, resolve: done } = Promise.withResolvers<void>()
    const tail = before.then(() => mine)
    last.set(name, tail)
    try {
      if (!(await isOver(before, patience))) throw ProblemError.of('busy', { retryAfter: 2 })
      return await work()
    } finally {
      done()
      if (last.get(name) === tail) last.delete(name)
    }
  }
}

async function isOver(turn: Promise<void>, patience: number): Promise<boolean> {
  const { promise: tooLong, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), patience)
  return Promise.race([turn.then(() => true as const), tooLong]).finally(() => clearTimeout(timer))
}
