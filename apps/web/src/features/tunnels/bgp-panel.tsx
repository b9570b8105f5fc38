import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { ChevronRight } from 'lucide-react'
import { Address, Nothing } from '../../ui/address.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { oldLook } from '../../ui/state-look.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { bgpSteps } from './bgp-steps.ts'
import { bgpLook } from './looks.ts'
import { Panel } from './panel.tsx'

interface BgpPanelProps {
  tunnel: VisibleTunnel
  status: TunnelStatus | undefined
  /** The status is too old to be told as news. */
  isOld: boolean
}

export function BgpPanel({ tunnel, status, isOld }: BgpPanelProps) {
  const data = tunnel.bgp_status
  const bgp = status?.bgp
  if (!tunnel.bgp && !data) {
    return (
      <Panel title="BGP">
        <p className="text-14 text-fg-2">This tunnel does not use BGP. Static routes lead traffic into it.</p>
      </Panel>
    )
  }
  if (!data) {
    return (
      <Panel title="BGP">
        <p className="text-14 text-fg-2">Unknown. BGP is configured, and Cloudflare has sent no data about it yet.</p>
      </Panel>
    )
  }
  return (
    <Panel title="BGP" aside={bgp && <StateBadge {...bgpLook(bgp, isOld)} />}>
      <BgpPath tunnel={tunnel} isOld={isOld} />
      <DefinitionList
        items={[
          { label: 'Raw state', value: data.bgp_state ? <span className="mono">{data.bgp_state}</span> : <Nothing /> },
          { label: 'Cloudflare speaker', value: <Speaker ip={data.cf_speaker_ip} port={data.cf_speaker_port} /> },
          { label: 'Your speaker', value: <Speaker ip={data.customer_speaker_ip} port={data.customer_speaker_port} /> },
          {
            label: 'Told by Cloudflare',
            value: data.updated_at ? <TimeAgo at={data.updated_at} /> : <Nothing words="time not told" />,
          },
        ]}
      />
    </Panel>
  )
}

function BgpPath({ tunnel, isOld }: Omit<BgpPanelProps, 'status'>) {
  return (
    <ol aria-label="BGP steps" className="mb-4 flex flex-wrap items-stretch gap-2">
      {bgpSteps(tunnel).map(({ name, hint, ...look }, i) => (
        <li key={name} className="flex min-w-36 flex-1 items-center gap-2">
          {i > 0 && <ChevronRight aria-hidden size={16} className="hidden shrink-0 text-fg-3 sm:block" />}
          <span className="flex-1 rounded-m border border-line px-3 py-2" title={hint}>
            <span className="block text-12 text-fg-3">{name}</span>
            <StateBadge {...(isOld ? oldLook(look) : look)} look="plain" />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Speaker({ ip, port }: { ip: string; port: number | null }) {
  if (!ip) return <Nothing words="not connected" />
  return (
    <>
      <Address value={ip} />
      {port !== null && <span className="text-13 text-fg-3">port {port}</span>}
    </>
  )
}
