import { type TunnelState, tunnelStates } from '@tunnel-console/shared/status'
import { formatNumber } from '../../lib/format.ts'
import { StateShape } from '../../ui/state-shape.tsx'
import { toneFill } from '../../ui/tone.ts'
import { stateLook } from './looks.ts'

interface StateCountersProps {
  counts: ReadonlyMap<TunnelState, number>
  /** The status is too old to be told as news. */
  isOld: boolean
  chosen: readonly TunnelState[]
  onChange: (chosen: readonly TunnelState[]) => void
}

/** How many tunnels are in each state. Pressing one filters by it; a pressed one stays, even at 0. */
export function StateCounters({ counts, isOld, chosen, onChange }: StateCountersProps) {
  const shown = tunnelStates.filter((state) => counts.has(state) || chosen.includes(state))
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
            className={counterClass}
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

const counterClass =
  'inline-flex min-h-control shrink-0 items-center gap-2 rounded-m border border-line bg-surface px-3 text-13 text-fg-2 ' +
  'hover:border-control-line aria-pressed:border-accent aria-pressed:bg-establishing-bg aria-pressed:text-fg ' +
  'aria-pressed:shadow-[inset_0_0_0_1px_var(--accent)] forced-colors:aria-pressed:border-[Highlight]'
