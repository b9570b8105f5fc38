import { type PointerEvent, useMemo, useState, useSyncExternalStore } from 'react'
import { relativeTime } from '../lib/format.ts'
import { lazyPart } from './lazy-part.tsx'

// One timer for every time on the page.
let now = new Date()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Lets all times on the page follow. By itself that happens each second while one is there. */
export function tick(): void {
  now = new Date()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = new Date()
    timer = setInterval(tick, 1000)
    document.addEventListener('visibilitychange', tick)
    document.addEventListener('resume', tick)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
    document.removeEventListener('resume', tick)
  }
}

/** The time now, fresh every 10 seconds: for what need not be drawn anew at each of them. */
export function useNow(): Date {
  const tens = useTimely(tensOf)
  return useMemo(() => new Date(tens), [tens])
}

const tensOf = (at: Date) => Math.floor(at.getTime() / 10_000) * 10_000

/** What follows from the time, followed by the second. It is drawn anew only when it changes, so let it be a text or a number. */
export function useTimely<T extends string | number | boolean | undefined>(of: (now: Date) => T): T {
  return useSyncExternalStore(subscribe, () => of(now))
}

const ExactTime = lazyPart(async () => (await import('./exact-time.tsx')).ExactTime, { Missing: () => null })

interface TimeAgoProps {
  /** ISO 8601. */
  at: string
  /** Instead of "4 min ago". */
  format?: (at: Date, now: Date) => string
}

/** Relative to see, exact on hover and on keyboard focus: in the zone that the person wants, then in the other. */
export function TimeAgo({ at, format = relativeTime }: TimeAgoProps) {
  // The id of what it shows, while it shows it.
  const [tip, setTip] = useState<string>()
  const date = new Date(at)
  const text = useTimely((current) => (Number.isNaN(date.getTime()) ? at : format(date, current)))
  if (Number.isNaN(date.getTime())) return <span>{at}</span>
  const open = () => setTip((shown) => shown ?? `exact-time-${++tips}`)
  const close = () => setTip(undefined)
  // The pointer may go over to what is shown (WCAG 1.4.13).
  const leave = ({ relatedTarget }: PointerEvent) => {
    if (!(relatedTarget instanceof Element && relatedTarget.closest(`#${tip}`))) close()
  }
  return (
    <>
      <time
        dateTime={at}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable by keyboard
        tabIndex={0}
        aria-describedby={tip}
        className="nums rounded-s whitespace-nowrap"
        onPointerEnter={open}
        onFocus={open}
        onPointerLeave={leave}
        onBlur={close}
      >
        {text}
      </time>
      {tip && <ExactTime id={tip} date={date} onClose={close} />}
    </>
  )
}

let tips = 0
