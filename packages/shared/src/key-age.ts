const dayMs = 24 * 3_600_000

/** After how many days the age of a key is mentioned, and after how many it is a warning. */
export interface KeyAgeLimits {
  notice: number
  warn: number
}

export const usualKeyAge: KeyAgeLimits = { notice: 365, warn: 730 }

/** How old a key is, in whole days, and whether that is worth a word. */
export interface KeyAge {
  days: number
  level: 'fine' | 'notice' | 'warn'
}

/**
 * The age of a pre-shared key by the date that Cloudflare gives it (UTC, ISO 8601); `null` where there is no key, or no date
 * that can be read. A date that lies ahead of our clock counts as today. A key that somebody set by hand may be newer than
 * its date: Cloudflare need not move it.
 */
export function keyAge(generatedOn: string | null | undefined, now: Date, limits = usualKeyAge): KeyAge | null {
  const since = Date.parse(generatedOn ?? '')
  if (Number.isNaN(since)) return null
  const days = Math.max(0, Math.floor((now.getTime() - since) / dayMs))
  return { days, level: days >= limits.warn ? 'warn' : days >= limits.notice ? 'notice' : 'fine' }
}
