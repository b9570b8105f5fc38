import { useSyncExternalStore } from 'react'
import { localTime, relativeTime, utcTime } from '../lib/format.ts'
import { Tooltip } from './tooltip.tsx'

// One timer for every time on the page.
let now = new Date()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function tick() {
  now = new Date()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = new Date()
    timer = setInterval(tick, 10_000)
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

/** The time now, fresh every 10 seconds. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now)
}

interface TimeAgoProps {
  /** ISO 8601. */
  at: string
  /** Instead of "4 min ago". */
  format?: (at: Date, now: Date) => string
}

/** Relative to see, exact in local time and UTC on hover and on keyboard focus. */
export function TimeAgo({ at, format = relativeTime }: TimeAgoProps) {
  const current = useNow()
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <span>{at}</span>
  const exact = (
    <>
      <span className="block">{localTime(date)} (local)</span>
      <span className="block text-fg-2">{utcTime(date)}</span>
    </>
  )
  return (
    <Tooltip content={exact}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable by keyboard */}
      <time dateTime={at} tabIndex={0} className="nums rounded-s whitespace-nowrap">
        {format(date, current)}
      </time>
    </Tooltip>
  )
}
