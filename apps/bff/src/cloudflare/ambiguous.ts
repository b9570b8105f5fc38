import type { ProblemError } from '@tunnel-console/shared/problem'

/** A write left the house and nobody knows whether it happened. What happened is found by reading, never by repeating. */
export class Ambiguous extends Error {
  override readonly name = 'Ambiguous'
  readonly because: ProblemError

  constructor(because: ProblemError) {
    super('The outcome of this write is not known', { cause: because })
    this.because = because
  }
}
