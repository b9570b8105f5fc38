import { clockLook, formatOf } from './format.ts'
import { timesInUtc } from './times-in-utc.ts'

const clock = formatOf({ ...clockLook, second: '2-digit' })

export const localTime = formatOf({ dateStyle: 'medium', timeStyle: 'medium' })
/** "2026-11-22 14:02:11 UTC". */
export const utcTime = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
/** Day and time as the person wants them: local, or in UTC. A component that shows it watches `timesInUtc`. */
export const exactTime = (at: Date): string => (timesInUtc.get() ? utcTime(at) : localTime(at))
/** "14:02:11" in local time or "14:02:11 UTC", as the person wants it. */
export const clockTime = (at: Date): string => (timesInUtc.get() ? `${at.toISOString().slice(11, 19)} UTC` : clock(at))
