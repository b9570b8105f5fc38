import { TunnelId } from './tunnel.ts'
import { z } from './zod.ts'

/** Work on tunnels that somebody announced: until it is over, a tunnel that is down is down as planned. */
export interface PlannedWork {
  id: string
  /** Names as they were when the work was announced. */
  tunnels: { id: string; name: string }[]
  /** What is done, and whom to call. */
  text: string
  by: string
  createdAt: string
  /** UTC, ISO 8601. */
  until: string
}

/** How a status tells of it. */
export interface Planned {
  until: string
  text: string
  /** Empty for a screen on a wall, which names nobody. */
  by: string
}

export interface PlannedInput {
  tunnels: string[]
  text: string
  until: string
}

export const mostPlanned = { tunnels: 1000, text: 200, days: 30 } as const

export const PlannedInput: z.ZodType<PlannedInput> = z.strictObject({
  tunnels: z
    .array(TunnelId)
    .min(1, 'Choose at least one tunnel')
    .max(mostPlanned.tunnels, `Choose at most ${mostPlanned.tunnels} tunnels`),
  text: z
    .string()
    .trim()
    .min(1, 'Say what is done, and whom to call')
    .max(mostPlanned.text, `Use at most ${mostPlanned.text} characters`),
  until: z.iso.datetime({ offset: true, error: 'Give a moment with its zone, such as 2026-11-29T02:00:00+01:00' }),
})
