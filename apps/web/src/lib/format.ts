import { timesInUtc } from './times-in-utc.ts'

const units: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number, short: string][] = [
  ['year', 31_557_600, 'y'],
  ['day', 86_400, 'd'],
  ['hour', 3_600, 'h'],
  ['minute', 60, 'min'],
]

/**
 * "just now", "12 s ago", "4 min ago", "in 3 h". Seconds are told, since 40 of them are an outage; days go up to a year, because
 * people of a network count in days. A clock that is off by a little is no future.
 */
export function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000
  if (Math.abs(seconds) < 5) return 'just now'
  const text = shortDuration(Math.abs(seconds))
  return seconds < 0 ? `${text} ago` : `in ${text}`
}

/** "3 h", "12 min", "212 d", "40 s": one unit, never rounded up to more than has passed. */
export function shortDuration(seconds: number): string {
  for (const [, size, short] of units) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${short}`
  }
  return `${Math.max(0, Math.floor(seconds))} s`
}

// The locale of the browser decides between 24 hours and 12; UTC always has 24.
const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export const localTime = (at: Date): string => local.format(at)
const nearLook = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
const near = new Intl.DateTimeFormat(undefined, nearLook)
const nearUtc = new Intl.DateTimeFormat('en-GB', { ...nearLook, timeZone: 'UTC' })
/** "Nov 22, 14:02" in local time or "22 Nov, 14:02 UTC", as the person wants it, for what is days away at most. */
export const nearTime = (at: Date): string => (timesInUtc.get() ? `${nearUtc.format(at)} UTC` : near.format(at))

const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
/** "23:00" or "23:00 UTC", as the person wants it; with the day where that is another one than `now`. */
export function shortTime(at: Date, now = new Date()): string {
  if (!isSameDay(at, now)) return nearTime(at)
  return timesInUtc.get() ? `${at.toISOString().slice(11, 16)} UTC` : hour.format(at)
}

/** "2026-11-22 14:02:11 UTC". */
export const utcTime = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
/** Day and time as the person wants them: local, or in UTC. A component that shows it watches `timesInUtc`. */
export const exactTime = (at: Date): string => (timesInUtc.get() ? utcTime(at) : localTime(at))
/** "14:02:11" in local time or "14:02:11 UTC", as the person wants it. */
export const clockTime = (at: Date): string =>
  timesInUtc.get() ? `${at.toISOString().slice(11, 19)} UTC` : clock.format(at)
/** Whether both are of one day, in the zone that the person wants. */
export const isSameDay = (a: Date, b: Date): boolean =>
  timesInUtc.get()
    ? a.toISOString().slice(0, 10) === b.toISOString().slice(0, 10)
    : a.toDateString() === b.toDateString()

const whole = new Intl.NumberFormat('en')
const fraction = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

export const formatNumber = (value: number): string => whole.format(value)
/** 0.992 → "99.2%". Never rounds to 100% what is not. */
export const formatPercent = (value: number): string => fraction.format(value < 1 ? Math.min(value, 0.999) : value)
/** 1 → "1 change", 3 → "3 changes". */
export const count = (n: number, one: string, many = `${one}s`): string => `${formatNumber(n)} ${n === 1 ? one : many}`
