import type { Fleet } from '@tunnel-console/shared/fleet'
import { stateWords } from '@tunnel-console/shared/status'
import { count, formatNumber } from '../../../lib/format.ts'
import { StatesBar } from './states-bar.tsx'

/** The fleet in one bar and one sentence. */
export function Glance({ fleet, isOld }: { fleet: Fleet; isOld: boolean }) {
  return (
    <>
      <StatesBar counts={fleet.counts} isOld={isOld} />
      <span>{isOld ? 'The status is too old for an overview.' : glance(fleet)}</span>
    </>
  )
}

/** "2 tunnels in trouble. 1 site with one leg left." Or that nothing is, and what nobody measures. */
function glance({ counts, oneLeft, noneLeft, worst, announced }: Fleet): string {
  const total = [...counts.values()].reduce((sum, part) => sum + part, 0)
  if (counts.get('up') === total)
    return `${total === 1 ? 'The tunnel is' : `All ${formatNumber(total)} tunnels are`} up.`
  const parts = [
    worst.length > 0 && `${count(worst.length, 'tunnel')} in trouble`,
    announced > 0 && `${count(announced, 'tunnel')} in planned work`,
    oneLeft.length > 0 && `${count(oneLeft.length, 'site')} with one leg left`,
    noneLeft.length > 0 && `${count(noneLeft.length, 'site')} with nothing up`,
  ].filter((part) => part !== false)
  if (parts.length > 0) return `${parts.join(', ')}.`
  const rest = (['unknown', 'not-monitored'] as const).flatMap((state) => {
    const tunnels = counts.get(state) ?? 0
    return tunnels > 0 ? [`${formatNumber(tunnels)} ${stateWords[state].toLowerCase()}`] : []
  })
  return `Nothing is known to be in trouble${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`
}
