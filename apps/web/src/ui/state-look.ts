import { stateWords, type TunnelState } from '@tunnel-console/shared/status'
import type { Shape } from './state-shape.tsx'
import type { Tone } from './tone.ts'

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

/** Only the first letter is lowered: Cloudflare's own names stay as they are. */
export function oldLook({ shape, word }: Look): Look {
  return { tone: 'unknown', shape, word: `Was ${word.charAt(0).toLowerCase()}${word.slice(1)}` }
}
