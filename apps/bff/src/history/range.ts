import { type FieldError, ProblemError } from '@tunnel-console/shared/problem'
import { type AskedTime, momentProblems } from '../http/moments.ts'

const dayMs = 24 * 3_600_000
const mostDays = 90

/** The time that is meant, in milliseconds: the last day by default, never beyond now. Throws `invalid`. */
export function timeOf(asked: AskedTime, now: number): { from: number; to: number } {
  const implausible = momentProblems(asked, now)
  if (implausible.length > 0) throw ProblemError.of('invalid', { errors: implausible })
  const to = Math.min(now, asked.to === undefined ? now : Date.parse(asked.to))
  const from = asked.from === undefined ? to - dayMs : Date.parse(asked.from)
  const errors: FieldError[] = []
  const wrong = (pointer: string, detail: string) => errors.push({ pointer, detail, source: 'console' })
  if (from >= now) wrong('/from', 'This lies in the future')
  else if (from >= to) wrong('/to', 'The end must come after the beginning')
  if (to - from > mostDays * dayMs) wrong('/from', `Ask for at most ${mostDays} days at once`)
  if (errors.length > 0) throw ProblemError.of('invalid', { errors })
  return { from, to }
}
