import type { StatusAnswer, StatusSource } from '@tunnel-console/shared/api'
import type { Problem } from '@tunnel-console/shared/problem'
import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { valueWords } from '@tunnel-console/shared/words'
import { formatPercent } from '../../lib/format.ts'
import { Nothing } from '../../ui/address.tsx'
import { Callout } from '../../ui/callout.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { BgpPanel } from './bgp-panel.tsx'
import { stateLook } from './looks.ts'
import { Panel } from './panel.tsx'
import { WhyFailed } from './why-failed.tsx'

interface StatusTabProps {
  tunnel: VisibleTunnel
  status: TunnelStatus | undefined
  sources: StatusAnswer['sources'] | undefined
  /** The status is too old to be told as news. */
  isOld: boolean
  /** Why no newer status could be read. */
  problem: Problem | null
}

export function StatusTab({ tunnel, ...standing }: StatusTabProps) {
  const { status, sources, isOld } = standing
  return (
    <div className="flex flex-col gap-8">
      <Verdict {...standing} />
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-2 lg:gap-12">
        <HealthPanel tunnel={tunnel} status={status} sources={sources} />
        <BgpPanel tunnel={tunnel} status={status} isOld={isOld} />
      </div>
    </div>
  )
}

function Verdict({ status, sources, isOld, problem }: Omit<StatusTabProps, 'tunnel'>) {
  const why = (
    <WhyFailed
      failures={{ Status: problem, 'Tunnel list': sources?.tunnels.failure, 'Health data': sources?.health.failure }}
    />
  )
  if (!status) {
    return (
      <Callout title="Unknown">
        No status could be read for this tunnel yet.
        {why}
      </Callout>
    )
  }
  const look = stateLook(status.state, isOld)
  const asOf = isOld ? sources?.tunnels.at : (sources?.health.at ?? sources?.tunnels.at)
  return (
    <Callout
      tone={look.tone}
      title={
        <span className="flex flex-wrap items-center gap-x-2 text-16">
          <StateBadge {...look} look="plain" />
          <span>
            <span className="sr-only">: </span>
            {status.reason}
          </span>
        </span>
      }
    >
      {(status.state === 'unknown' || isOld) && <LastData status={status} sources={sources} />}
      {asOf && (
        <p className="text-13">
          As of <TimeAgo at={asOf} />, from {sourceWords(status)}.
        </p>
      )}
      {(status.state === 'unknown' || isOld) && why}
    </Callout>
  )
}

/** "Unknown" is never bare: it says what is missing. */
function LastData({ status, sources }: { status: TunnelStatus; sources: StatusAnswer['sources'] | undefined }) {
  const [at, source] = lastData(status, sources)
  if (!at) return <p>No source has sent data yet.</p>
  return (
    <p>
      Last data <TimeAgo at={at} />, source: {source}.
    </p>
  )
}

function lastData({ health, bgp }: TunnelStatus, sources: StatusAnswer['sources'] | undefined) {
  if (health) return [health.at, 'health checks']
  if (bgp?.updatedAt) return [bgp.updatedAt, 'BGP']
  return [sources?.tunnels.at, 'tunnel list']
}

function sourceWords(status: TunnelStatus): string {
  if (status.health) return status.bgp ? 'health checks and BGP' : 'health checks'
  return status.bgp ? 'the tunnel list and BGP' : 'the tunnel list'
}

function probeWords({ health_check: { enabled, rate, type, direction } }: VisibleTunnel): string {
  if (!enabled) return 'Health check is off'
  const words = [valueWords('health_check.type', type), valueWords('health_check.direction', direction)]
  return `${valueWords('health_check.rate', rate)} rate, ${words.join(', ').toLowerCase()}`
}

function HealthPanel({ tunnel, status, sources }: Pick<StatusTabProps, 'tunnel' | 'status' | 'sources'>) {
  const health = status?.health
  const source = sources?.health
  return (
    <Panel title="Health checks">
      <DefinitionList
        items={[
          {
            label: 'Probes that pass',
            value: health ? <span className="nums font-medium">{formatPercent(health.score)}</span> : <Nothing />,
          },
          { label: 'Newest probe', value: health ? <TimeAgo at={health.at} /> : <Nothing /> },
          { label: 'Checked how', value: probeWords(tunnel) },
          {
            label: 'Source',
            value: <Source source={source} />,
          },
        ]}
      />
    </Panel>
  )
}

function Source({ source }: { source: StatusSource | undefined }) {
  if (!source?.at) {
    return (
      <span>
        Cloudflare analytics, not connected
        <WhyFailed failures={{ 'Health data': source?.failure }} />
      </span>
    )
  }
  return (
    <span>
      Cloudflare analytics, read <TimeAgo at={source.at} />
      {!source.ok && '. The last attempt failed.'}
      <WhyFailed failures={{ 'Health data': source.failure }} />
    </span>
  )
}
