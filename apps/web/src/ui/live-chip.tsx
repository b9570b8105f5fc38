import { cx } from '../lib/cx.ts'
import { type Shape, StateShape } from './state-shape.tsx'
import { type Tone, toneFill } from './tone.ts'

export type LiveState = 'live' | 'paused' | 'reconnecting' | 'stale'

const looks: Record<LiveState, [tone: Tone, shape: Shape, word: string]> = {
  live: ['up', 'circle', 'Live'],
  paused: ['unknown', 'dashed-ring', 'Paused'],
  reconnecting: ['establishing', 'half-ring', 'Reconnecting…'],
  stale: ['degraded', 'triangle-alert', 'Stale'],
}

/** How fresh what you see is. `detail` follows the word: "Stale 2 min". */
export function LiveChip({ state, detail }: { state: LiveState; detail?: string }) {
  const [tone, shape, word] = looks[state]
  return (
    <span className="inline-flex items-center gap-1.5 rounded-s border border-line px-2 py-0.5 text-12 font-medium whitespace-nowrap text-fg-2">
      <span className={cx('inline-flex', toneFill[tone])}>
        <StateShape shape={shape} size={10} />
      </span>
      {detail ? `${word} ${detail}` : word}
    </span>
  )
}

/** Old news is stale after three missed polls, whatever the reason. */
export function liveStateOf(
  query: { fetchedAt: string | undefined; isError: boolean },
  now: Date,
  pollMs = 5000,
): LiveState {
  const age = query.fetchedAt === undefined ? 0 : now.getTime() - Date.parse(query.fetchedAt)
  if (age > 60_000 + 3 * pollMs) return 'stale'
  return query.isError ? 'reconnecting' : 'live'
}
