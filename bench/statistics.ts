/** A figure with the interval that it lies in with 95 % confidence. */
export interface Estimate {
  median: number
  low: number
  high: number
}

/** The value below which a share of the values lies, 0 to 1. Throws for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  if (below === undefined || above === undefined) throw new RangeError('There are no values')
  return below + (above - below) * (place - Math.floor(place))
}

export const median = (values: readonly number[]) => quantile(values, 0.5)

/**
 * The median of what each round gave, with a bootstrap interval of 95 %: rounds are drawn anew, with putting back, so
 * often that the spread of their medians shows. The seed is fixed, so the same rounds always give the same interval.
 */
export function estimate(values: readonly number[], draws = 2000): Estimate {
  const random = randomOf(1)
  const medians = Array.from({ length: draws }, () =>
    median(values.map((_, __, all) => all[Math.floor(random() * all.length)] ?? Number.NaN)),
  )
  return { median: median(values), low: quantile(medians, 0.025), high: quantile(medians, 0.975) }
}

/** What was counted and not sampled. */
export const exactly = (value: number): Estimate => ({ median: value, low: value, high: value })

/** Round by round, what one arm took in units of another. Both must have run in the same rounds. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  if (ours.length !== theirs.length) throw new RangeError('Both arms must have run in every round')
  return ours.map((value, round) => value / (theirs[round] ?? Number.NaN))
}

/** A target counts as reached only when the worse end of the interval reaches it. */
export const isReached = ({ high }: Estimate, target: number) => high <= target

/** The order of arms in a round: to and fro (ABBA), so that a machine that warms up or tires favours none. */
export const orderOf = <Arm>(arms: readonly Arm[], round: number): Arm[] =>
  round % 2 === 0 ? [...arms] : arms.toReversed()

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
