import { type ClockSkew, isCertainlyOff } from '@tunnel-console/shared/clock-skew'
import type { ConnectionReport } from '@tunnel-console/shared/connection'
import { formatNumber, shortDuration } from '../../lib/format.ts'
import { Banner } from '../../ui/banner.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'

/** From here on times in the audit log mislead people. */
const offMs = 10_000

/** What is left of Cloudflare's rate limit, and how the clocks stand to each other. */
export function Limits({ report: { budget, clock } }: { report: ConnectionReport }) {
  return (
    <>
      {clock && isCertainlyOff(clock, offMs) && (
        <div className="mb-2">
          <Banner kind="warning" title={`The console’s clock is ${apart(clock)}`}>
            The times in the audit log are wrong by that much, jobs begin at the wrong time, and health is asked for the
            wrong minutes. Set the clock of the machine that the console runs on, by NTP.
          </Banner>
        </div>
      )}
      <DefinitionList
        items={[
          { label: 'Requests left', value: <span className="nums">{budgetText(budget)}</span> },
          {
            label: 'Clock',
            value: <span className="nums">{clock ? clockText(clock) : 'Cloudflare dated no answer'}</span>,
          },
        ]}
      />
    </>
  )
}

function budgetText(budget: ConnectionReport['budget']): string {
  if (!budget) return 'Cloudflare has not said'
  const { remaining, quota, resetInSeconds } = budget
  const of = quota === null ? '' : ` of ${formatNumber(quota)}`
  return `${formatNumber(remaining)}${of}, for another ${shortDuration(resetInSeconds)}; then the count begins anew`
}

function clockText(clock: ClockSkew): string {
  const within = `give or take ${seconds(clock.plusMinusMs)}`
  return isCertainlyOff(clock, 0) ? `${apart(clock)}, ${within}` : `As Cloudflare’s, ${within}`
}

const apart = ({ aheadMs }: ClockSkew) =>
  `${seconds(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} Cloudflare’s`

const seconds = (ms: number) => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : shortDuration(ms / 1000))
