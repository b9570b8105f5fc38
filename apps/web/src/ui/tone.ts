/** The five colour roles of status. */
export type Tone = 'up' | 'degraded' | 'down' | 'establishing' | 'unknown'

/** Text on its tint, at least 6.8:1. */
export const toneBox: Record<Tone, string> = {
  up: 'bg-up-bg text-up-fg',
  degraded: 'bg-degraded-bg text-degraded-fg',
  down: 'bg-down-bg text-down-fg',
  establishing: 'bg-establishing-bg text-establishing-fg',
  unknown: 'bg-unknown-bg text-unknown-fg',
}

/** Shapes and bars, at least 3:1 on the surface. */
export const toneFill: Record<Tone, string> = {
  up: 'text-up-fill',
  degraded: 'text-degraded-fill',
  down: 'text-down-fill',
  establishing: 'text-establishing-fill',
  unknown: 'text-unknown-fill',
}

/** The same as a fill, for what is drawn as SVG. */
export const toneShape: Record<Tone, string> = {
  up: 'fill-up-fill',
  degraded: 'fill-degraded-fill',
  down: 'fill-down-fill',
  establishing: 'fill-establishing-fill',
  unknown: 'fill-unknown-fill',
}
