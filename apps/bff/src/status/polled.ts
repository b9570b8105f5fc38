import { ProblemError } from '@tunnel-console/shared/problem'

export interface Reading<T> {
  value: T
  /** When Cloudflare gave it, in milliseconds. */
  at: number
  /** Counts successful readings: two readings with the same number are the same value. */
  sequence: number
}

export interface PolledOptions<T> {
  load: () => Promise<T>
  /** How old a reading may be before a reader causes the next one, in milliseconds. */
  everyMs: number
  now: () => Date
  /** Keeps a refresh alive that nobody waits for any more. */
  background: (work: Promise<unknown>) => void
}

/** While Cloudflare refuses our token, asking on only looks like an attack: one probe a minute tells when it works again. */
const refusedTokenMs = 60_000

/** A reader that finds an old value waits this long for a newer one before it takes what is there. */
const patienceMs = 1000

/**
 * One shared reading of something that is slow or costs quota, refreshed when a reader finds it old: any number of
 * readers cost one request an interval. The last good value outlives failures; `isStale` tells how it stands.
 *
 * A refresh that began before `amend()` or `invalidate()` is thrown away, so that no older reading hides a write.
 */
export class Polled<T> {
  #reading: Reading<T> | null = null
  #inFlight: Promise<void> | null = null
  #lastFailure: ProblemError | null = null
  #nextAttemptAt = 0
  #epoch = 0
  #isDirty = false
  readonly #options: PolledOptions<T>

  constructor(options: PolledOptions<T>) {
    this.#options = options
  }

  /** The newest value to be had within a moment. Throws the last failure only when there has never been a value. */
  async read(): Promise<Reading<T>> {
    if (this.#isDue()) {
      const refresh = this.#refreshUntilClean()
      if (this.#reading) {
        this.#options.background(refresh)
        if (!this.#lastFailure || this.#isDirty) await Promise.race([refresh, timer(patienceMs)])
      } else await refresh
    }
    if (this.#reading) return this.#reading
    throw this.#lastFailure ?? ProblemError.of('upstream-unavailable')
  }

  /** Like `read`, but never waits longer than a moment and never throws: `null` when there is still nothing. */
  async readSoon(): Promise<Reading<T> | null> {
    const reading = this.read().catch(() => null)
    this.#options.background(reading)
    await Promise.race([reading, timer(patienceMs)])
    return this.#reading
  }

  /** What is there now, without asking anybody. */
  peek(): Reading<T> | null {
    return this.#reading
  }

  /** Whether the value is older than it should be: the last attempt failed, or three intervals have passed. */
  isStale(): boolean {
    if (!this.#reading || this.#isDirty) return true
    return this.#lastFailure !== null || this.#options.now().getTime() - this.#reading.at > 3 * this.#options.everyMs
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
    this.#inFlight = null
    this.#nextAttemptAt = 0
    if (!this.#reading) return
    const { value, at, sequence } = this.#reading
    this.#reading = { value: change(value), at, sequence: sequence + 1 }
  }

  /** After a write whose result is not known: as `amend`, and what is there counts as stale until then. */
  invalidate(): void {
    this.#epoch++
    this.#inFlight = null
    this.#isDirty = true
    this.#nextAttemptAt = 0
  }

  /** Reads anew, joining a refresh that is under way. Never throws: failures are kept for `read` and `isStale`. */
  refresh(): Promise<void> {
    this.#inFlight ??= this.#load(this.#epoch)
    return this.#inFlight
  }

  /** A write that ends meanwhile throws the reading away: this reader may be its writer, so it reads once more. */
  async #refreshUntilClean(): Promise<void> {
    await this.refresh()
    while (this.#isDirty) await this.refresh()
  }

  #isDue(): boolean {
    return this.#isDirty || this.#options.now().getTime() >= this.#nextAttemptAt
  }

  async #load(epoch: number): Promise<void> {
    try {
      const value = await this.#options.load()
      if (epoch !== this.#epoch) return
      this.#reading = { value, at: this.#options.now().getTime(), sequence: (this.#reading?.sequence ?? 0) + 1 }
      this.#lastFailure = null
      this.#isDirty = false
      this.#nextAttemptAt = this.#reading.at + this.#options.everyMs
    } catch (error) {
      if (epoch !== this.#epoch) return
      this.#lastFailure = error instanceof ProblemError ? error : ProblemError.of('internal')
      this.#nextAttemptAt =
        this.#options.now().getTime() + Math.max(this.#options.everyMs, pauseAfter(this.#lastFailure))
      this.#isDirty = false
    } finally {
      if (epoch === this.#epoch) this.#inFlight = null
    }
  }
}

function pauseAfter({ problem }: ProblemError): number {
  return problem.code === 'upstream-unauthorized' ? refusedTokenMs : (problem.retryAfter ?? 0) * 1000
}

function timer(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
