import type { BgpState, TunnelState, TunnelStatus } from '@tunnel-console/shared/status'
import { shortTime } from '../../lib/format.ts'
import { type Look, oldLook, stateLook } from '../../ui/state-look.ts'
import type { Shape } from '../../ui/state-shape.tsx'
import type { Tone } from '../../ui/tone.ts'

/** What announced work explains. A tunnel that is up needs no excuse. */
const excused: ReadonlySet<TunnelState> = new Set(['down', 'degraded', 'recovering', 'establishing'])

/** How a tunnel stands: as `stateLook`, and what was to be expected says until when, and is no alarm. */
export function statusLook({ state, planned }: Pick<TunnelStatus, 'state' | 'planned'>, isOld = false): Look {
  const look = stateLook(state, isOld)
  if (!planned || !excused.has(state)) return look
  return { ...look, tone: 'unknown', word: `${look.word}, planned until ${shortTime(new Date(planned.until))}` }
}

const bgpLooks: Record<BgpState, [Tone, Shape]> = {
  up: ['up', 'circle'],
  establishing: ['establishing', 'half-ring'],
  down: ['down', 'square-cross'],
  unknown: ['unknown', 'diamond'],
}

/** Old news as in `stateLook`. */
export function bgpLook({ state, word }: { state: BgpState; word: string }, isOld = false): Look {
  const [tone, shape] = bgpLooks[state]
  return isOld ? oldLook({ tone, shape, word }) : { tone, shape, word }
}
