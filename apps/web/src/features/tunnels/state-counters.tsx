import { type TunnelState, tunnelStates } from '@tunnel-console/shared/status'
import { useState } from 'react'
import { formatNumber } from '../../lib/format.ts'
import { countClass } from '../../ui/count-class.ts'
import { stateLook } from '../../ui/state-look.ts'
import { StateShape } from '../../ui/state-shape.tsx'
import { toneFill } from '../../ui/tone.ts'

interface StateCountersProps {
  /** Of what the text finds. */
  counts: ReadonlyMap<TunnelState, number>
  /** Of all tunnels. */
  present: ReadonlyMap<TunnelState, number>
  /** The status is too old to be told as news. */
  isOld: boolean
  chosen: readonly TunnelState[]
  onChange: (chosen: readonly TunnelState[]) => void
}

/** That nothing is down or unknown is worth a word, and a button that comes and goes is pressed by mistake. */
const always: ReadonlySet<TunnelState> = new Set(['down', 'degraded', 'unknown', 'up'])

/** How many tunnels are in each state. Pressing one filters by it. One that was seen stays, even at 0. */
export function StateCounters({ counts, present, isOld, chosen, onChange }: StateCountersProps) {
  const [seen, setSeen] = useState(always)
  const fresh = [...present.keys(), ...chosen].filter((state) => !seen.has(state))
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh]))
  const shown = tunnelStates.filter((state) => seen.has(state))
  const toggle = (state: TunnelState) =>
    onChange(chosen.includes(state) ? chosen.filter((other) => other !== state) : [...chosen, state])
  return (
    <fieldset className="-mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 py-0.5 [scrollbar-width:none] md:mx-0 md:flex-wrap md:overflow-visible md:p-0">
      <legend className="sr-only">Filter by state</legend>
      {shown.map((state) => {
        const { tone, shape, word } = stateLook(state, isOld)
        return (
          <button
            key={state}
            type="button"
            aria-pressed={chosen.includes(state)}
            onClick={() => toggle(state)}
            className={countClass}
          >
            <span className={`inline-flex ${toneFill[tone]}`}>
              <StateShape shape={shape} />
            </span>
            {word} <span className="nums font-semibold text-fg">{formatNumber(counts.get(state) ?? 0)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
