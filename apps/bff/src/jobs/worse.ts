import { stateRank, stateWords, type TunnelState } from '@tunnel-console/shared/status'
import type { Batch } from './step.ts'
import type { JobStore, StoredJob } from './store.ts'

/** How a tunnel stands by what was last read, and reading all of them anew. */
export interface States {
  of: (tunnelId: string) => TunnelState | null
  refresh: () => Promise<unknown>
}

type Rows = Awaited<ReturnType<JobStore['rowStates']>>

/** States that say nothing of how a tunnel fares. */
const silent: readonly TunnelState[] = ['unknown', 'not-monitored', 'needs-key']

/** How the tunnels of these rows stand, by id, for a job that stops when one turns worse. */
export function standingOf(states: States, { options }: StoredJob, rows: Rows, positions: number[]): Batch['before'] {
  const chosen = options.stopWhenWorse ? rows.filter(({ position }) => positions.includes(position)) : []
  return Object.fromEntries(
    chosen.flatMap(({ tunnelId }) => {
      const state = states.of(tunnelId)
      return state === null ? [] : [[tunnelId, state]]
    }),
  )
}

/** Which tunnels of the batch stand worse than before it, by a reading of this moment; `null`: none. */
export async function worseSince(states: States, { options, batch }: StoredJob, rows: Rows): Promise<string | null> {
  if (!options.stopWhenWorse || !batch) return null
  await states.refresh()
  const chosen = rows.filter(({ position }) => batch.positions.includes(position))
  return worseOf(
    chosen.map(({ tunnelId, name }) => ({ name, before: batch.before[tunnelId] ?? null, now: states.of(tunnelId) })),
  )
}

/** Which of these tunnels stand worse than before, in words for a person; `null`: none. */
export function worseOf(
  tunnels: readonly { name: string; before: TunnelState | null; now: TunnelState | null }[],
): string | null {
  const words = tunnels.flatMap(({ name, before, now }) => {
    if (before === null || now === null || silent.includes(before) || silent.includes(now)) return []
    if (stateRank(now) >= stateRank(before)) return []
    return [`${name} was ${stateWords[before]} and is ${stateWords[now]} since its change`]
  })
  const [first] = words
  if (first === undefined) return null
  return words.length === 1 ? `${first}.` : `${first}; ${words.length - 1} more turned worse.`
}
