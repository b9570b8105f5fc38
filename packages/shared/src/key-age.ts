/** From how many days on the age of a key is worth a word, and a warning. */
export interface KeyAgeLimits {
  notice: number
  warn: number
}

export const keyAgeDays: KeyAgeLimits = { notice: 365, warn: 730 }

export interface KeyAge {
  /** Whole days since it was made; 0 on the first, and where a clock is behind. */
  days: number
  level: 'fine' | 'notice' | 'warn'
}

/**
 * How old a key is. `null` without a key, and where its date cannot be read.
 *
 *     keyAge('2025-01-01T00:00:00Z', new Date('2026-01-01T00:00:00Z')) // {days: 365, level: 'notice'}
 */
export function keyAge(madeAt: string | null, now: Date, limits: KeyAgeLimits = keyAgeDays) {
  const made = Date.parse(madeAt ?? '')
  if (Number.isNaN(made)) return null
  const days = Math.max(0, Math.floor((now.getTime() - made) / 86_400_000))
  const level = days >= limits.warn ? 'warn' : days >= limits.notice ? 'notice' : 'fine'
  return { days, level } satisfies KeyAge as KeyAge
}
