import type { Random } from '../random.ts'
import type { Plan } from './adversary.ts'
import { type AnswerKind, type Fault, fault, none } from './fault.ts'
import { isWrite, type LedgerEntry } from './ledger.ts'

export interface PlanOptions {
  random: Random
  /** Tunnels that every client works on. */
  shared: ReadonlySet<string>
  /**
   * How many writes to a shared tunnel may be swallowed for good without a clear word. Nobody can ever know what became of
   * them, so an honest console keeps that tunnel closed for a while, and the run would stand still.
   */
  swallowed: number
  /** How late a write may still take effect. Milliseconds. */
  latestMs: number
  /** How long an answer may hang. Beyond 20 s the console gives up by itself. Milliseconds. */
  longestHangMs: number
  /** Names of faults that do not happen this time. */
  without: readonly string[]
}

/** Longer than any reader waits before it reads a list again. Milliseconds. */
const wholeForMs = 5000

type Dice = (options: PlanOptions) => Fault

const between = ({ random }: PlanOptions, min: number, max: number) => random.int(min, max)
const late = (options: PlanOptions) => between(options, 200, options.latestMs)

/** Writes that take effect, whatever their sender hears. */
const carriedOut = {
  none: [52, () => none],
  slow: [6, (options) => fault('slow', { waitMs: between(options, 100, 1500) })],
  'then-closed': [4, (options) => fault('then-closed', { closeAfterMs: between(options, 0, 40) })],
  stale: [6, (options) => fault('stale', { staleMs: between(options, 1000, 3000) })],
  'late-reset': [6, (options) => fault('late-reset', { commitAfterMs: late(options), answer: 'reset' })],
  'late-page': [2, (options) => fault('late-page', { commitAfterMs: late(options), answer: 'html-502' })],
  'late-404': [1, (options) => fault('late-404', { commitAfterMs: late(options), answer: 'html-404' })],
  'hang-then-commit': [3, hangThenCommit],
  'commit-then-reset': [4, () => fault('commit-then-reset', { answer: 'reset' })],
  'commit-then-headers': [2, () => fault('commit-then-headers', { answer: 'reset-after-headers' })],
  'commit-then-half': [3, () => fault('commit-then-half', { answer: 'half-body' })],
  'commit-then-bad-json': [2, () => fault('commit-then-bad-json', { answer: 'bad-json' })],
  'commit-then-500': [3, () => fault('commit-then-500', { answer: 'json-500' })],
  'commit-with-errors': [2, () => fault('commit-with-errors', { answer: 'contradiction' })],
  'commit-then-page': [2, (options) => fault('commit-then-page', { answer: pages(options) })],
  'commit-stale-reset': [2, (options) => fault('commit-stale-reset', { answer: 'reset', staleMs: late(options) / 3 })],
} satisfies Record<string, [number, Dice]>

/** Clear refusals: nothing happens, and Cloudflare says so. */
const refused = {
  'json-429': [1, () => fault('json-429', { commitAfterMs: null, answer: 'json-429' })],
} satisfies Record<string, [number, Dice]>

/** Writes that are lost for good, without a word that says so clearly: a page may come from anybody on the way. */
const swallowed = {
  'html-429': [1, () => fault('html-429', { commitAfterMs: null, answer: 'html-429' })],
  'lost-unread': [2, () => fault('lost-unread', { commitAfterMs: null, answer: 'reset-unread' })],
  'lost-reset': [1, () => fault('lost-reset', { commitAfterMs: null, answer: 'reset' })],
  'lost-page': [1, (options) => fault('lost-page', { commitAfterMs: null, answer: pages(options) })],
  'lost-500': [1, () => fault('lost-500', { commitAfterMs: null, answer: 'json-500' })],
  'lost-with-errors': [1, () => fault('lost-with-errors', { commitAfterMs: null, answer: 'contradiction' })],
  'lost-hang': [1, lostHang],
} satisfies Record<string, [number, Dice]>

const reads = {
  none: [88, () => none],
  slow: [3, (options) => fault('slow', { waitMs: between(options, 100, 1000) })],
  hang: [0.5, (options) => fault('hang', { waitMs: between(options, 1000, 3000), answer: 'reset' })],
  page: [3, (options) => fault('page', { answer: pages(options) })],
  'bad-json': [1, () => fault('bad-json', { answer: 'bad-json' })],
  reset: [1.5, () => fault('reset', { answer: 'reset' })],
  half: [1, () => fault('half', { answer: 'half-body' })],
  'json-500': [1, () => fault('json-500', { answer: 'json-500' })],
  'json-429': [0.3, () => fault('json-429', { answer: 'json-429' })],
  'html-429': [0.3, () => fault('html-429', { answer: 'html-429' })],
} satisfies Record<string, [number, Dice]>

const short = {
  none: [92, () => none],
  'empty-list': [4, () => fault('empty-list', { answer: 'empty-list' })],
  'half-list': [4, () => fault('half-list', { answer: 'half-list' })],
} satisfies Record<string, [number, Dice]>

/** Chooses faults at random, as often as their weights say. Dry runs and reads misbehave too. */
export function createPlan(options: PlanOptions): Plan {
  let left = options.swallowed
  let shortAt = 0

  function write({ tunnelId }: LedgerEntry): Fault {
    const { random } = options
    const isShared = tunnelId !== null && options.shared.has(tunnelId)
    if (random.chance(0.03)) return thrown(refused, options)
    if (!random.chance(isShared ? 0.02 : 0.06)) return thrown(carriedOut, options)
    if (isShared && left-- <= 0) return none
    return thrown(swallowed, options)
  }

  /** A list that lacks tunnels comes once: whoever reads it again soon finds it whole. */
  function list({ at }: LedgerEntry): Fault {
    const chosen: Fault = at - shortAt < wholeForMs ? none : thrown(short, options)
    if (chosen.answer === 'yes') return thrown(reads, options)
    shortAt = at
    return chosen
  }

  return (entry) => {
    if (isWrite(entry)) return write(entry)
    if (entry.kind === 'list') return list(entry)
    if (entry.kind === 'graphql' && options.random.chance(0.1)) return fault('errors', { answer: 'graphql-errors' })
    return thrown(reads, options)
  }
}

function thrown<Name extends string>(table: Readonly<Record<Name, [number, Dice]>>, options: PlanOptions): Fault {
  const weights = Object.fromEntries(
    Object.entries<[number, Dice]>(table).map(([name, [weight]]) => [
      name,
      options.without.includes(name) ? 0 : weight,
    ]),
  ) as Record<Name, number>
  return table[options.random.weighted(weights)][1](options)
}

function hangThenCommit(options: PlanOptions): Fault {
  const commitAfterMs = between(options, 200, Math.min(options.latestMs, options.longestHangMs))
  return fault('hang-then-commit', {
    commitAfterMs,
    waitMs: between(options, commitAfterMs, options.longestHangMs),
    answer: 'reset',
  })
}

function lostHang(options: PlanOptions): Fault {
  return fault('lost-hang', {
    commitAfterMs: null,
    waitMs: between(options, 1000, options.longestHangMs),
    answer: 'reset',
  })
}

function pages({ random }: PlanOptions): AnswerKind {
  return random.pick(['html-502', 'html-200', 'html-404', 'json-404'])
}
