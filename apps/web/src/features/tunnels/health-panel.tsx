import type { StatusSource } from '@tunnel-console/shared/api'
import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { valueWords } from '@tunnel-console/shared/words'
import { formatPercent } from '../../lib/format.ts'
import { Nothing } from '../../ui/address.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { Panel } from './panel.tsx'
import { WhyFailed } from './why-failed.tsx'

interface HealthPanelProps {
  tunnel: VisibleTunnel
  status: TunnelStatus | undefined
  source: StatusSource | undefined
}

function probeWords({ health_check: { enabled, rate, type, direction } }: VisibleTunnel): string {
  if (!enabled) return 'Health check is off'
  const words = [valueWords('health_check.type', type), valueWords('health_check.direction', direction)]
  return `${valueWords('health_check.rate', rate)} rate, ${words.join(', ').toLowerCase()}`
}

/** How Cloudflare probes the tunnel, and what that gave. */
export function HealthPanel({ tunnel, status, source }: HealthPanelProps) {
  const isChecked = tunnel.health_check.enabled
  // Cloudflare tells 0 % of a tunnel that it does not probe: a figure of nothing.
  const health = isChecked ? status?.health : undefined
  const none = <Nothing words={isChecked ? 'no data' : 'the health check is off'} />
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
