import { ProblemError } from '@tunnel-console/shared/problem'
import type { Deps } from '../deps.ts'

export interface Reading<T> {
  value: T
  /** When Cloudflare gave it, wall time in milliseconds: for people. */
  at: number
  /** Counts successful readings: two readings with the same number are the same value. */
  sequence: number
}

export interface PolledOptions<T> {
  /** Reads the value. `last` is what is there now, with all that writes have put into it. */
  load: (last: T | null) => Promise<T>
  /** How old a reading may be before a reader causes the next one, in milliseconds. */
  everyMs: () => number
  deps: Pick<Deps, 'now' | 'monotonic' | 'background'>
  /** A reading that counts has come. `before` is the value that it replaces. */
  onReading?: (value: T, before: T | null) => void
  onFailure?: (error: ProblemError) => void
}

/** While nobody watches, one reading a minute keeps `/readyz` and the first page honest, and outside changes noticed. */
export const idleEveryMs = 60_000

/** While Cloudflare refuses our token, asking on only looks like an attack: one probe a minute tells when it works again. */
const refusedTokenMs = 60_000

/** A reader that finds an old value waits this long for a newer one before it takes what is there. */
const patienceMs = 20

/**
 * One shared reading of something that is slow or costs quota, refreshed when a reader finds it old: any number of
 * readers cost one request an interval, and at most one is ever under way. The last good value outlives failures;
 * `isStale` tells how it stands. Intervals run on monotonic time, so a clock that is set freezes nothing; after a sleep the
 * next reader finds the value as old as it is.
 *
 * A refresh that began before `amend()` or `invalidate()` is thrown away, so that no older reading hides a write.
 */
export class Polled<T> {
  #reading: Reading<T> | null = null
  #readAt = Number.NEGATIVE_INFINITY
  #inFlight: Promise<void> | null = null
  /** Since when a newer value is asked for: a refresh that is thrown away brings none. */
  #askedAt: number | null = null
  #lastFailure: ProblemError | null = null
  #nextAttemptAt = Number.NEGATIVE_INFINITY
  #epoch = 0
  #isDirty = false
  /** The refresh under way has outlasted somebody's patience. */
  #isSlow = false
  readonly #options: PolledOptions<T>

  constructor(options: PolledOptions<T>) {
    this.#options = options
  }

  /** The newest value to be had within a moment. Throws the last failure only when there has never been a value. */
  async read(): Promise<Reading<T>> {
    if (this.isDue()) {
      const refresh = this.refresh()
      this.#options.deps.background(refresh)
      if (!this.#reading) await refresh
      else if (!this.#lastFailure || this.#isDirty) await this.#briefly(refresh, patienceMs)
    }
    if (this.#reading) return this.#reading
    throw this.#lastFailure ?? ProblemError.of('upstream-unavailable')
  }

  /** Like `read`, but never waits longer than this many milliseconds and never throws: `null` when there is still nothing. */
  async readSoon(ms = patienceMs): Promise<Reading<T> | null> {
    const reading = this.read().catch(() => null)
    this.#options.deps.background(reading)
    await (this.#reading ? reading : this.#briefly(reading, ms))
    return this.#reading
  }

  /** Waits for a refresh, but not again once it has outlasted somebody's patience. */
  async #briefly(refresh: Promise<unknown>, ms: number): Promise<void> {
    if (this.#isSlow) return
    const { promise: tooLong, resolve } = Promise.withResolvers<void>()
    const timeout = setTimeout(() => {
      this.#isSlow = this.#inFlight !== null
      resolve()
    }, ms)
    await Promise.race([refresh, tooLong]).finally(() => clearTimeout(timeout))
  }

  /** What `read` would give at once, without asking or waiting; `null` when it would do either. */
  current(): Reading<T> | null {
    return this.isDue() && !this.#isSlow ? null : this.#reading
  }

  /** What is there now, without asking anybody. */
  peek(): Reading<T> | null {
    return this.#reading
  }

  /**
   * Milliseconds since the value was read, by a clock that nobody can set. Where wall time has run ahead of it by more than an
   * interval, by wall time: the monotonic clock of a machine that sleeps stands still, and the value grew old all the same.
   */
  age(): number {
    const age = this.#options.deps.monotonic() - this.#readAt
    const wallAge = this.#reading ? this.#options.deps.now().getTime() - this.#reading.at : age
    return wallAge - age > this.#options.everyMs() ? wallAge : age
  }

  /** Whether the machine has slept (or its clock was set ahead) since the value was read, and nobody has asked since. */
  hasSlept(): boolean {
    const { monotonic } = this.#options.deps
    return !this.#lastFailure && this.age() > monotonic() - this.#readAt
  }

  /**
   * Whether the value is older than it should be: the last attempt failed, or three intervals have passed of which somebody has
   * waited for one. While nobody watches it is read once a minute: who comes first then finds it old, and nothing is wrong.
   */
  isStale(): boolean {
    if (!this.#reading || this.#isDirty || this.#lastFailure) return true
    const [age, everyMs] = [this.age(), this.#options.everyMs()]
    const waitedMs = this.#askedAt === null ? 0 : this.#options.deps.monotonic() - this.#askedAt
    return age > 3 * everyMs && (waitedMs > everyMs || age > idleEveryMs + 3 * everyMs)
  }

  /** Whether it is time for the next reading. */
  isDue(): boolean {
    return this.#isDirty || this.#options.deps.monotonic() >= this.#nextAttemptAt || this.hasSlept()
  }

  get lastFailure(): ProblemError | null {
    return this.#lastFailure
  }

  /**
   * After a write whose result is known: the value as it now is, at once. The next reader causes a new reading, and one
   * under way no longer counts.
   */
  amend(change: (value: T) => T): void {
    this.#epoch++
    this.#nextAttemptAt = Number.NEGATIVE_INFINITY
    if (!this.#reading) {
      // A first reading that is under way was begun before the write: another must follow it.
      this.#isDirty = true
      return
    }
    const { value, at, sequence } = this.#reading
    this.#reading = { value: change(value), at, sequence: sequence + 1 }
  }

  /** After a write whose result is not known: as `amend`, and what is there counts as stale until then. */
  invalidate(): void {
    this.#epoch++
    this.#isDirty = true
  }

  /** Forgets the value: the next reader waits for a new one. */
  clear(): void {
    this.invalidate()
    this.#reading = null
  }

  /** Reads anew, joining a refresh that is under way. Never throws: failures are kept for `read` and `isStale`. */
  refresh(): Promise<void> {
    this.#askedAt ??= this.#options.deps.monotonic()
    this.#inFlight ??= this.#readUntilClean().finally(() => {
      this.#inFlight = null
      this.#isSlow = false
    })
    return this.#inFlight
  }

  /** A write that ends meanwhile throws the reading away: this reader may be its writer, so it reads once more. */
  async #readUntilClean(): Promise<void> {
    do await this.#load(this.#epoch)
    while (this.#isDirty)
  }

  async #load(epoch: number): Promise<void> {
    const { load, everyMs, deps, onReading, onFailure } = this.#options
    try {
      const before = this.#reading?.value ?? null
      const value = await load(before)
      if (epoch !== this.#epoch) return
      this.#reading = { value, at: deps.now().getTime(), sequence: (this.#reading?.sequence ?? 0) + 1 }
      this.#readAt = deps.monotonic()
      this.#askedAt = null
      this.#lastFailure = null
      this.#isDirty = false
      this.#nextAttemptAt = this.#readAt + everyMs()
      onReading?.(value, before)
    } catch (error) {
      this.#lastFailure = error instanceof ProblemError ? error : ProblemError.of('internal', {}, { cause: error })
      this.#nextAttemptAt = deps.monotonic() + Math.max(everyMs(), pauseAfter(this.#lastFailure))
      this.#isDirty = false
      onFailure?.(this.#lastFailure)
    }
  }
}

function pauseAfter({ problem }: ProblemError): number {
  return problem.code === 'upstream-unauthorized' ? refusedTokenMs : (problem.retryAfter ?? 0) * 1000
}
