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
import { statusLook } from './looks.ts'
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
  const look = statusLook(status, isOld)
  const [asOf, basis] = basisOf(status, sources, isOld)
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
      {(status.state === 'unknown' || isOld) && <LastData status={status} />}
      {asOf && (
        <p className="text-13">
          As of <TimeAgo at={asOf} />, from {basis}.
        </p>
      )}
      {(status.state === 'unknown' || isOld) && why}
    </Callout>
  )
}

/** "Unknown" is never bare: it says what is missing. Reading the list is no data about the tunnel's health. */
function LastData({ status: { health, bgp } }: { status: TunnelStatus }) {
  const [at, source] = health ? [health.at, 'health checks'] : [bgp?.updatedAt, 'BGP']
  if (!at) return <p>Neither health checks nor BGP have told anything yet.</p>
  return (
    <p>
      Last data <TimeAgo at={at} />, source: {source}.
    </p>
  )
}

/** When the verdict was true, and what it rests on: no key and no monitoring are told by the list alone. */
function basisOf({ state, health, bgp }: TunnelStatus, sources: StatusAnswer['sources'] | undefined, isOld: boolean) {
  const list = sources?.tunnels.at
  const isFromList = state === 'needs-key' || state === 'not-monitored'
  if (isFromList || (!health && !bgp)) return [list, 'the tunnel list'] as const
  if (!health) return [list, 'the tunnel list and BGP'] as const
  return [isOld ? list : (sources?.health.at ?? list), bgp ? 'health checks and BGP' : 'health checks'] as const
}

function probeWords({ health_check: { enabled, rate, type, direction } }: VisibleTunnel): string {
  if (!enabled) return 'Health check is off'
  const words = [valueWords('health_check.type', type), valueWords('health_check.direction', direction)]
  return `${valueWords('health_check.rate', rate)} rate, ${words.join(', ').toLowerCase()}`
}

function HealthPanel({ tunnel, status, sources }: Pick<StatusTabProps, 'tunnel' | 'status' | 'sources'>) {
  const isChecked = tunnel.health_check.enabled
  // Cloudflare tells 0 % of a tunnel that it does not probe: a figure of nothing.
  const health = isChecked ? status?.health : undefined
  const none = <Nothing words={isChecked ? 'no data' : 'the health check is off'} />
  const source = sources?.health
  return (
    <Panel title="Health checks">
      <DefinitionList
        items={[
          {
            label: 'Probes that pass',
            value: health ? <span className="nums font-medium">{formatPercent(health.score)}</span> : none,
          },
          { label: 'Newest probe', value: health ? <TimeAgo at={health.at} /> : none },
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
