import { stateWords, type TunnelState, tunnelStates } from '@tunnel-console/shared/status'
import { formatNumber } from '../../../lib/format.ts'
import { stateLook } from '../../../ui/state-look.ts'
import { toneFill } from '../../../ui/tone.ts'

const width = 120
/** One tunnel of ten thousand is still to be seen. */
const leastWidth = 3

/** How many tunnels are in each state, as parts of one bar, worst first. The counters say the same in words. */
export function StatesBar({ counts, isOld }: { counts: ReadonlyMap<TunnelState, number>; isOld: boolean }) {
  const parts = tunnelStates.flatMap((state) => {
    const tunnels = counts.get(state) ?? 0
    return tunnels > 0 ? [{ state, tunnels }] : []
  })
  const total = parts.reduce((sum, { tunnels }) => sum + tunnels, 0)
  const words = parts
    .map(({ state, tunnels }) => `${formatNumber(tunnels)} ${stateWords[state].toLowerCase()}`)
    .join(', ')
  return (
    <span role="img" aria-label={words} className="flex h-2 gap-px forced-color-adjust-none" style={{ width }}>
      {parts.map(({ state, tunnels }) => (
        <span
          key={state}
          className={`bg-current ${toneFill[stateLook(state, isOld).tone]}`}
          style={{ flexGrow: tunnels / total, minWidth: leastWidth }}
        />
      ))}
    </span>
  )
}
