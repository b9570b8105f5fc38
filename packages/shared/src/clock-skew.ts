/** How far a clock is ahead of another, in milliseconds; negative: behind. The truth is within `plusMinusMs` of it. */
export interface ClockSkew {
  aheadMs: number
  plusMinusMs: number
}

/** One answer with a date: when we asked and when the answer began, by our clock, in milliseconds since the epoch. */
export interface DatedAnswer {
  askedAt: number
  answeredAt: number
  /** The `Date` header: the other clock, its fractions of a second cut off. */
  date: string
}

/** An offset of one clock to another that is at least and at most so much. */
interface Span {
  least: number
  most: number
}

/**
 * How far our clock is ahead of the one that dated these answers. Each was dated at some moment between question and answer,
 * and at some moment of the second that its header names, so each gives a span; the truth is in all of them. Where they
 * contradict each other, since a clock was set meanwhile, the narrowest counts. `null` without a readable date.
 *
 *     clockSkew([{ askedAt: 10_000, answeredAt: 10_200, date: 'Thu, 01 Jan 1970 00:00:05 GMT' }])
 *     // between 4.0 s and 5.2 s ahead: { aheadMs: 4600, plusMinusMs: 600 }
 */
export function clockSkew(answers: readonly DatedAnswer[]): ClockSkew | null {
  const spans = answers.flatMap(spanOf)
  const [narrowest] = spans.toSorted((one, other) => widthOf(one) - widthOf(other))
  if (!narrowest) return null
  const common = {
    least: Math.max(...spans.map(({ least }) => least)),
    most: Math.min(...spans.map(({ most }) => most)),
  }
  const { least, most } = widthOf(common) >= 0 ? common : narrowest
  return { aheadMs: Math.round((least + most) / 2), plusMinusMs: Math.ceil((most - least) / 2) }
}

const widthOf = ({ least, most }: Span) => most - least

function spanOf({ askedAt, answeredAt, date }: DatedAnswer): Span[] {
  const second = Date.parse(date)
  if (Number.isNaN(second) || answeredAt < askedAt) return []
  return [{ least: askedAt - second - 1000, most: answeredAt - second }]
}

/** Whether a clock is certainly off by more than this: what cannot be told from the way there and back is no fault of it. */
export function isCertainlyOff({ aheadMs, plusMinusMs }: ClockSkew, byMs: number): boolean {
  return Math.abs(aheadMs) - plusMinusMs > byMs
}
