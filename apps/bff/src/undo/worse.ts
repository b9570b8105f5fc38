import type { TunnelState, TunnelStatus } from '@tunnel-console/shared/status'
import type { Deps } from '../deps.ts'
import type { StatesBefore } from './store.ts'

/** A BGP session that is set up anew is down for some seconds: two bad readings lie at least so far apart. */
const worseForMs = 30_000

/** The state of one tunnel by each source alone, and which reading of the source that was. */
export interface Observed {
  health: { reading: number; status: TunnelStatus }
  bgp: { reading: number; status: TunnelStatus['bgp'] }
}

interface Track {
  reading: number
  /** Monotonic milliseconds of the first of the bad readings that have come in a row. */
  badSince: number | null
}

export type Worse = ReturnType<typeof createWorse>

/**
 * Whether a tunnel is worse than before its change: its health down or degraded, or its BGP down, where they were not, in
 * two readings running that came after the change. What was not up before proves nothing.
 */
export function createWorse({ monotonic }: Pick<Deps, 'monotonic'>) {
  const tracks = new Map<string, Record<'health' | 'bgp', Track>>()

  function isConfirmed(track: Track, reading: number, isBad: boolean): boolean {
    if (reading === track.reading) return false
    track.reading = reading
    if (!isBad) track.badSince = null
    else if (track.badSince === null) track.badSince = monotonic()
    else return monotonic() - track.badSince >= worseForMs
    return false
  }

  return {
    /** Why the tunnel counts as worse by now; `null` while it does not. Called after each reading, or more often. */
    look(id: string, before: StatesBefore, { health, bgp }: Observed): string | null {
      const known = tracks.get(id)
      if (!known) {
        const fresh = (reading: number): Track => ({ reading, badSince: null })
        tracks.set(id, { health: fresh(health.reading), bgp: fresh(bgp.reading) })
        return null
      }
      const { state, reason } = health.status
      const isSick =
        state === 'down' ? isOneOf(before.state, 'up', 'degraded') : state === 'degraded' && before.state === 'up'
      const isCut = before.bgp === 'up' && bgp.status?.state === 'down'
      const why = [
        ...(isConfirmed(known.health, health.reading, isSick) ? [reason] : []),
        ...(isConfirmed(known.bgp, bgp.reading, isCut) ? ['BGP is down'] : []),
      ]
      return why.length > 0 ? `The tunnel is worse than before the change: ${why.join(', ')}.` : null
    },

    /** Forgets all but these. */
    keep(ids: ReadonlySet<string>): void {
      for (const id of tracks.keys()) if (!ids.has(id)) tracks.delete(id)
    },
  }
}

const isOneOf = (state: StatesBefore['state'], ...states: TunnelState[]) => state !== null && states.includes(state)
