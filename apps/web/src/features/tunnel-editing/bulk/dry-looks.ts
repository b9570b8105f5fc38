import type { Shape } from '../../../ui/state-shape.tsx'
import type { Tone } from '../../../ui/tone.ts'
import type { DryResult } from './plan.ts'

/** How a result looks; the word says it all the same. */
export const dryLooks: Record<DryResult, { tone: Tone; shape: Shape }> = {
  'will-change': { tone: 'establishing', shape: 'half-ring' },
  'already-so': { tone: 'up', shape: 'circle' },
  refused: { tone: 'down', shape: 'square-cross' },
  conflict: { tone: 'degraded', shape: 'triangle-alert' },
  'not-checked': { tone: 'unknown', shape: 'diamond' },
}
