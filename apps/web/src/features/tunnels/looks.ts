import { type BgpState, stateWords, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import { shortTime } from '../../lib/format.ts'
import type { Shape } from '../../ui/state-shape.tsx'
import type { Tone } from '../../ui/tone.ts'

export interface Look {
  tone: Tone
  shape: Shape
  word: string
}

const states: Record<TunnelState, [Tone, Shape]> = {
  down: ['down', 'square-cross'],
  degraded: ['degraded', 'triangle-alert'],
  recovering: ['degraded', 'triangle-tick'],
  'needs-key': ['establishing', 'key'],
  establishing: ['establishing', 'half-ring'],
  unknown: ['unknown', 'diamond'],
  'not-monitored': ['unknown', 'dashed-ring'],
  up: ['up', 'circle'],
}

/** How a state looks; colour never stands alone. Old news keeps its shape, loses its colour and says "was". */
export function stateLook(state: TunnelState, isOld = false): Look {
  const [tone, shape] = states[state]
  const word = stateWords[state]
  if (isOld && state === 'needs-key') return { tone: 'unknown', shape, word: 'Needed key' }
  return isOld ? oldLook({ tone, shape, word }) : { tone, shape, word }
}

/** What announced work explains. A tunnel that is up needs no excuse. */
const excused: ReadonlySet<TunnelState> = new Set(['down', 'degraded', 'recovering', 'establishing'])

/** How a tunnel stands: as `stateLook`, and what was to be expected says until when, and is no alarm. */
export function statusLook({ state, planned }: Pick<TunnelStatus, 'state' | 'planned'>, isOld = false): Look {
  const look = stateLook(state, isOld)
  if (!planned || !excused.has(state)) return look
  return { ...look, tone: 'unknown', word: `${look.word}, planned until ${shortTime(new Date(planned.until))}` }
}

/** Only the first letter is lowered: Cloudflare's own names stay as they are. */
export function oldLook({ shape, word }: Look): Look {
  return { tone: 'unknown', shape, word: `Was ${word.charAt(0).toLowerCase()}${word.slice(1)}` }
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
