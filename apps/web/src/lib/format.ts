const units: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number, short: string][] = [
  ['year', 31_557_600, 'y'],
  ['day', 86_400, 'd'],
  ['hour', 3_600, 'h'],
  ['minute', 60, 'min'],
]

/** "just now", "4 min ago", "in 3 h". Days up to a year, because people of a network count in days. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000
  if (Math.abs(seconds) < 45) return 'just now'
  const text = shortDuration(Math.abs(seconds))
  return seconds < 0 ? `${text} ago` : `in ${text}`
}

/** "3 h", "12 min", "212 d": one unit, never rounded up to more than has passed. */
export function shortDuration(seconds: number): string {
  for (const [, size, short] of units) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${short}`
  }
  return seconds >= 45 ? '1 min' : `${Math.max(0, Math.floor(seconds))} s`
}

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export const localTime = (at: Date): string => local.format(at)
/** "14:02:11" in local time. */
export const clockTime = (at: Date): string => clock.format(at)
const near = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
/** "Nov 22, 14:02" in local time, for what is days away at most. */
export const nearTime = (at: Date): string => near.format(at)

/** 119_000 → "1:59". What is over is "0:00". */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** "2026-11-22 14:02:11 UTC". */
export const utcTime = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`

const whole = new Intl.NumberFormat('en')
const fraction = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

export const formatNumber = (value: number): string => whole.format(value)
/** 0.992 → "99.2%". Never rounds to 100% what is not. */
export const formatPercent = (value: number): string => fraction.format(value < 1 ? Math.min(value, 0.999) : value)
/** 1 → "1 change", 3 → "3 changes". */
export const count = (n: number, one: string, many = `${one}s`): string => `${formatNumber(n)} ${n === 1 ? one : many}`
