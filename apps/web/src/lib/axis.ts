/** A time from start to end, in milliseconds. */
export interface Axis {
  start: number
  end: number
}

/** Where a moment stands on the axis, in percent from the left. What lies outside stands at the edge. */
export function placeOf(at: number, { start, end }: Axis): number {
  if (end <= start) return 0
  return Math.min(100, Math.max(0, ((at - start) / (end - start)) * 100))
}

/** Moments at even distances, both ends among them. */
export function ticksOf({ start, end }: Axis, parts: number): number[] {
  return Array.from({ length: parts + 1 }, (_, index) => start + ((end - start) * index) / parts)
}
