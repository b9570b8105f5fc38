import type { StateChangesAnswer } from '@tunnel-console/shared/status-answers'
import type { ReactNode } from 'react'
import type { Axis } from '../../../lib/axis.ts'
import { clockTime } from '../../../lib/exact-times.ts'
import { count, isSameDay, nearTime, shortDuration } from '../../../lib/format.ts'
import { olderWords } from '../../../lib/older-words.ts'

interface CoverageNotesProps {
  axis: Axis
  /** Within the axis. */
  unwatched: readonly UnwatchedSpan[]
  answer: Pick<StateChangesAnswer, 'withoutData' | 'since' | 'older'>
}

export interface UnwatchedSpan extends Axis {
  tunnels: number
  isOpen: boolean
}

/** Times without a look that reach into an axis, and no further than it. */
export function unwatchedIn({ unwatched }: Pick<StateChangesAnswer, 'unwatched'>, axis: Axis): UnwatchedSpan[] {
  return unwatched
    .map(({ from, to, tunnels }) => ({
      start: Math.max(axis.start, Date.parse(from)),
      end: to === null ? axis.end : Math.min(axis.end, Date.parse(to)),
      tunnels,
      isOpen: to === null,
    }))
    .filter(({ start, end }) => start < end)
}

/** So many times are told one by one. */
const mostTold = 3

/** What the lane of states does not know, in words. */
export function CoverageNotes({ axis, unwatched, answer: { withoutData, since, older } }: CoverageNotesProps) {
  const rest = unwatched.slice(0, -mostTold)
  const isBeforeAll = since !== null && Date.parse(since) > axis.start && older === null
  const notes: ReactNode[] = [
    ...unwatched.slice(-mostTold).map(watchWords),
    rest.length > 0 &&
      `Not watched at ${count(rest.length, 'earlier time')}, ${shortDuration(secondsOf(rest))} together: hatched above.`,
    withoutData > 0 &&
      `Cloudflare told nothing of ${count(withoutData, 'tunnel')} for some of this time: what ${withoutData === 1 ? 'it' : 'they'} did then is not known.`,
    older && olderWords('Status', older),
    isBeforeAll && `Nothing is known of status before ${nearTime(new Date(since))}.`,
    since === null && 'Nothing is known of status yet.',
  ].filter(Boolean)
  if (notes.length === 0) return null
  return (
    <ul aria-label="What is not known of status" className="-mt-4 mb-6 text-13 text-fg-2">
      {notes.map((note) => (
        <li key={String(note)}>{note}</li>
      ))}
    </ul>
  )
}

function watchWords({ start, end, tunnels, isOpen }: UnwatchedSpan): string {
  const [from, to] = [new Date(start), new Date(end)]
  const told = isSameDay(from, to) ? clockTime(to) : nearTime(to)
  const until = isOpen ? 'until now' : `to ${told}`
  return `Not watched from ${nearTime(from)} ${until}: the console did not look at ${count(tunnels, 'tunnel')}.`
}

const secondsOf = (spans: readonly Axis[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0) / 1000
