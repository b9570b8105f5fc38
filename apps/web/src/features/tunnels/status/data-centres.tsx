import type { DataCentreHealth } from '@tunnel-console/shared/status-answers'
import { useState } from 'react'
import { count, formatPercent } from '../../../lib/format.ts'
import { Nothing } from '../../../ui/address.tsx'
import { Button } from '../../../ui/button.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { stateLook } from '../../../ui/state-look.ts'
import { Panel } from '../panel.tsx'

interface DataCentresProps {
  dataCentres: readonly DataCentreHealth[]
  /** The health check of the tunnel is on. */
  isChecked: boolean
  /** What is told is too old to be told as news. */
  isOld: boolean
}

/** Those with traffic first, as the answer has them; the rest folded, since some of them are always degraded. */
export function DataCentres({ dataCentres, isChecked, isOld }: DataCentresProps) {
  const [showsAll, setShowsAll] = useState(false)
  const busy = dataCentres.filter(({ isActive }) => isActive)
  const idle = dataCentres.filter(({ isActive }) => !isActive)
  // What analytics still hold of a check that is off is from before, and says nothing of now.
  if (dataCentres.length === 0 || !isChecked) {
    return (
      <Panel title="Data centres">
        <p className="text-14 text-fg-2">
          {isChecked
            ? 'Unknown. Cloudflare’s analytics tell of no data centre that probes this tunnel.'
            : 'No data centre probes it while the health check is off.'}
        </p>
      </Panel>
    )
  }
  return (
    <Panel title="Data centres">
      <p className="mb-2 text-13 text-fg-2">
        {isOld && 'As it was then. '}
        {trafficWords(busy)}
      </p>
      {(busy.length > 0 || showsAll) && <Table rows={showsAll ? dataCentres : busy} isOld={isOld} />}
      {idle.length > 0 && (
        <Button size="small" className="mt-2" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Hide those' : `Show ${idle.length}`} without traffic
        </Button>
      )}
    </Panel>
  )
}

/** That a data centre was used of late is told with its probes; how much goes through it now, by another source. */
function trafficWords(busy: readonly DataCentreHealth[]): string {
  if (busy.length === 0) return 'None carried traffic of yours in the last six hours.'
  const split = splitWords(busy)
  if (busy.every(({ share }) => share === null))
    return `Carried traffic of yours within the last six hours: ${split}. How much each carries now is not known.`
  if (busy.every(({ share }) => !share))
    return `Carried traffic of yours within the last six hours, and none now: ${split}.`
  return `With traffic of yours: ${split}.`
}

/** "12 up, 2 degraded, 1 down": a mean would hide how it is spread. */
function splitWords(centres: readonly DataCentreHealth[]): string {
  const parts = (['up', 'degraded', 'down'] as const).map(
    (wanted) => [centres.filter(({ state }) => state === wanted).length, wanted] as const,
  )
  const told = parts.filter(([number]) => number > 0).map(([number, state]) => `${number} ${state}`)
  return told.length > 0 ? told.join(', ') : count(centres.length, 'data centre')
}

function Table({ rows, isOld }: { rows: readonly DataCentreHealth[]; isOld: boolean }) {
  return (
    <table className="w-full border-y border-line text-13">
      <caption className="sr-only">Data centres</caption>
      <thead>
        <tr className="border-b border-line text-left text-12 text-fg-3">
          <th scope="col" className="h-row-head pr-3 font-medium">
            Data centre
          </th>
          <th scope="col" className="pr-3 font-medium">
            State
          </th>
          <th scope="col" className="pr-3 text-right font-medium">
            Checks pass
          </th>
          <th scope="col" className="text-right font-medium">
            Your traffic
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.code} {...row} isOld={isOld} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ code, city, country, state, score, share, isActive, isOld }: DataCentreHealth & { isOld: boolean }) {
  return (
    <tr className="h-9 border-b border-line last:border-0">
      <th scope="row" className="pr-3 text-left font-medium [overflow-wrap:anywhere]" title={country}>
        {city || code} {city && <span className="mono font-normal text-fg-3">{code}</span>}
      </th>
      <td className="pr-3">
        <StateBadge {...stateLook(state, isOld)} look="plain" />
      </td>
      <td className="nums pr-3 text-right">{formatPercent(score)}</td>
      <td className="nums text-right">
        {share === null ? <Nothing words={isActive ? 'not known' : 'none'} /> : formatPercent(share)}
      </td>
    </tr>
  )
}
