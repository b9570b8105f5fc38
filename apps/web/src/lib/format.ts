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

/** Made when it is first used: the first of them takes 20 ms, which the list need not wait for. */
export function formatOf(look: Intl.DateTimeFormatOptions, locale?: string): (at: Date) => string {
  let made: Intl.DateTimeFormat | undefined
  return (at) => {
    made ??= new Intl.DateTimeFormat(locale, look)
    return made.format(at)
  }
}

// The locale of the browser decides between 24 hours and 12; UTC always has 24.
export const clockLook = { hour: '2-digit', minute: '2-digit' } as const

const nearLook = { day: 'numeric', month: 'short', ...clockLook } as const
const near = formatOf(nearLook)
const nearUtc = formatOf({ ...nearLook, timeZone: 'UTC' }, 'en-GB')
/** "Nov 22, 14:02" in local time or "22 Nov, 14:02 UTC", as the person wants it, for what is days away at most. */
export const nearTime = (at: Date): string => (timesInUtc.get() ? `${nearUtc(at)} UTC` : near(at))

const hour = formatOf(clockLook)
/** "23:00" or "23:00 UTC", as the person wants it; with the day where that is another one than `now`. */
export function shortTime(at: Date, now = new Date()): string {
  if (!isSameDay(at, now)) return nearTime(at)
  return timesInUtc.get() ? `${at.toISOString().slice(11, 16)} UTC` : hour(at)
}

/** Whether both are of one day, in the zone that the person wants. */
export const isSameDay = (a: Date, b: Date): boolean =>
  timesInUtc.get()
    ? a.toISOString().slice(0, 10) === b.toISOString().slice(0, 10)
    : a.toDateString() === b.toDateString()

/** 10000 → "10,000", for whole numbers: what the browser has for it takes its time to be made. */
export const formatNumber = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')
/** 0.992 → "99.2%". Never rounds to 100% what is not. The last summand mends 0.5005 × 1000, which is less than 500.5. */
export const formatPercent = (value: number): string =>
  `${Math.round((value < 1 ? Math.min(value, 0.999) : value) * 1000 + 1e-9) / 10}%`
/** 1 → "1 change", 3 → "3 changes". */
export const count = (n: number, one: string, many = `${one}s`): string => `${formatNumber(n)} ${n === 1 ? one : many}`
