import type { FieldError } from '@tunnel-console/shared/problem'

/** Nothing that the console can tell of is older. */
const oldest = Date.UTC(2000, 0, 1)
const dayMs = 24 * 3_600_000

/** A time as a query asks for it: moments (ISO 8601 with a zone) or UTC days. */
export interface AskedTime {
  from?: string | undefined
  to?: string | undefined
}

/**
 * What is wrong with the moments that a query names: the year 0000 is a slip of the hand, and of the day after tomorrow there
 * is nothing to tell. A day ahead passes, since clocks and zones differ. `endMayLieAhead`: as that of this month does.
 */
export function momentProblems({ from, to }: AskedTime, now: number, { endMayLieAhead = false } = {}): FieldError[] {
  const example = `${new Date(now).toISOString().slice(0, 19)}Z`
  const problemOf = (pointer: string, asked: string | undefined, latest: number): FieldError[] => {
    const at = asked === undefined ? now : Date.parse(asked)
    if (at >= oldest && at <= latest) return []
    const range = latest === Number.POSITIVE_INFINITY ? 'from the year 2000 on' : 'between the year 2000 and now'
    return [{ pointer, detail: `Give a moment ${range}, such as ${example}`, source: 'console' }]
  }
  return [
    ...problemOf('/from', from, now + dayMs),
    ...problemOf('/to', to, endMayLieAhead ? Number.POSITIVE_INFINITY : now + dayMs),
  ]
}
