import { stateRank, stateWords, type TunnelState, tunnelStates } from './status.ts'
import { stateLetters } from './status-periods.ts'

const states: ReadonlyMap<string, TunnelState> = new Map(tunnelStates.map((state) => [stateLetters[state], state]))

/** The hours of `TunnelStatus.day`, oldest first. A letter that nobody knows is unknown. */
export const dayStates = (day: string): TunnelState[] => [...day].map((letter) => states.get(letter) ?? 'unknown')

/**
 * A day in words, worst first: "24 h: down in 2 h, unknown in 4 h, up in 18 h". An hour counts as its worst state, so this is
 * no uptime.
 */
export function dayWords(day: string): string {
  const counts = new Map<TunnelState, number>()
  for (const state of dayStates(day)) counts.set(state, (counts.get(state) ?? 0) + 1)
  const told = [...counts]
    .sort(([a], [b]) => stateRank(a) - stateRank(b))
    .map(([state, hours]) => `${stateWords[state].toLowerCase()} in ${counts.size === 1 ? 'every hour' : `${hours} h`}`)
  return `24 h: ${told.join(', ')}`
}
