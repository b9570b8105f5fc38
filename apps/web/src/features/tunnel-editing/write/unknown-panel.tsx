import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import type { Problem } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { useCan } from '../../../data/session.ts'
import { clockTime } from '../../../lib/exact-times.ts'
import { shortDuration } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Why } from '../../../ui/why.tsx'
import { focusOnMount } from '../focus-on-mount.ts'
import type { Watch } from './use-outcome.ts'

interface UnknownPanelProps {
  title: string
  /** Why the answer was lost, and when, in milliseconds. */
  lost: { problem: Problem; since: number }
  watch: Watch
  /** What it means that nobody knows, where that is more than waiting. */
  whenUnknown?: string
}

/** After a lost answer: what is known, since when, and why. The page turns by itself; nothing is sent again before. */
export function UnknownPanel({ title, lost, watch, whenUnknown = watchedWords }: UnknownPanelProps) {
  const [isPressed, setPressed] = useState(false)
  const { type, status, code } = lost.problem
  const check = async () => {
    setPressed(true)
    await watch.ask()
    setPressed(false)
  }
  return (
    <section ref={focusOnMount} tabIndex={-1} aria-label="Unknown outcome" className="outline-none">
      <ErrorPanel problem={{ type, status, code, title }} isAlert>
        <p className="mt-1 max-w-[72ch] text-fg-2">{standing(watch, whenUnknown)}</p>
        <p className="nums mt-1 text-13 text-fg-3">{sinceWords(lost.since, watch)}</p>
        <WhyUnknown problem={watch.answer?.problem ?? lost.problem} answer={watch.answer} />
        <Button className="mt-3" size="small" busy={isPressed} onClick={() => void check()}>
          Check now
        </Button>
      </ErrorPanel>
    </section>
  )
}

const watchedWords = 'It is not known yet. It stays watched, and this page turns by itself when it is known.'

/** Not "all but unknown": a newer console may have words that this build does not know. */
const known: ReadonlySet<string> = new Set<OutcomeAnswer['outcome']>(['applied', 'not-applied', 'closed'])

function standing({ answer, problem }: Watch, whenUnknown: string): string {
  if (problem) return `It could not be checked: ${problem.title}. It is asked again every few seconds.`
  if (answer === null) return 'Asking what became of it…'
  if (answer.outcome === 'running') return 'The console is still carrying it out.'
  return known.has(answer.outcome) ? 'It is known now.' : whenUnknown
}

function sinceWords(since: number, { answeredAt }: Watch): string {
  const start = `Since ${clockTime(new Date(since))}`
  if (answeredAt < since) return start
  const seconds = Math.floor((answeredAt - since) / 1000)
  const length = seconds > 0 ? `, for ${shortDuration(seconds)}` : ''
  return `${start}${length}. Last checked ${clockTime(new Date(answeredAt))}.`
}

function WhyUnknown({ problem, answer }: { problem: Problem; answer: OutcomeAnswer | null }) {
  const mayRead = useCan('audit.read')
  return (
    <Why reasons={[problem]} ray={problem.ray} requestId={problem.requestId}>
      {mayRead && answer?.auditId && (
        <a
          href={`/audit?entry=${encodeURIComponent(answer.auditId)}`}
          target="_blank"
          rel="noreferrer"
          className="rounded-s text-accent underline decoration-1 underline-offset-3 hover:decoration-2"
        >
          Audit entry (opens in a new tab)
        </a>
      )}
    </Why>
  )
}
