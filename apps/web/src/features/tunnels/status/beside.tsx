import { useQuery } from '@tanstack/react-query'
import { peerAddress } from '@tunnel-console/shared/ip'
import type { ChangeMark, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import { useCan } from '../../../data/session.ts'
import { tunnelRoutesQuery } from '../../../data/tunnel-routes.ts'
import { Address } from '../../../ui/address.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { Skeleton } from '../../../ui/skeleton-bar.tsx'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { stateLook } from '../../../ui/state-look.ts'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { keyRows } from '../configuration-read-only.tsx'
import { Panel } from '../panel.tsx'
import { markWords } from './segments.ts'

/** What was changed in the half hour before it became so. */
export function ChangesBefore({ changes, isUp }: { changes: readonly ChangeMark[]; isUp: boolean }) {
  const mayRead = useCan('audit.read')
  return (
    <Panel title={isUp ? 'Changed in the last 30 minutes' : 'Changed in the 30 minutes before'}>
      {changes.length === 0 ? (
        <p className="text-14 text-fg-2">Nothing that this console knows of.</p>
      ) : (
        <ul className="border-t border-line text-14">
          {changes.toReversed().map((change) => (
            <li key={change.auditId} className="flex flex-wrap items-center gap-x-3 border-b border-line py-2">
              <TimeAgo at={change.at} />
              <span className="[overflow-wrap:anywhere]">{markWords(change)}</span>
              {mayRead && (
                <TextLink to="/audit" search={{ entry: change.auditId }} className="text-13">
                  Audit entry
                </TextLink>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** The other tunnels of the site: whether something else carries its traffic. */
export function SiteMates({ site }: { site: TunnelStatusAnswer['site'] }) {
  return (
    <Panel title="Other tunnels of this site">
      {site.length === 0 ? (
        <p className="text-14 text-fg-2">None, as far as names tell: this may be the site’s only tunnel.</p>
      ) : (
        <ul className="border-t border-line text-14">
          {site.map(({ id, name, status }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 border-b border-line py-2">
              <TextLink to="/tunnels/$id" params={{ id }} className="[overflow-wrap:anywhere]">
                {name}
              </TextLink>
              <StateBadge {...stateLook(status.state)} look="plain" />
              <span className="text-13 text-fg-2">{status.reason}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** What whoever calls the site or the provider is asked for. */
export function BothEnds({ tunnel }: { tunnel: VisibleTunnel }) {
  const mayRead = useCan('tunnel.read')
  return (
    <Panel title="Both ends">
      <DefinitionList
        items={[
          { label: 'Cloudflare endpoint', value: <Address value={tunnel.cloudflare_endpoint} /> },
          { label: 'Customer endpoint', value: <Address value={tunnel.customer_endpoint} /> },
          { label: 'Inside, Cloudflare', value: <Address value={tunnel.interface_address.split('/')[0]} /> },
          { label: 'Inside, yours', value: <Address value={peerAddress(tunnel.interface_address)} /> },
          ...(isWholeTunnel(tunnel) ? keyRows(tunnel) : []),
          ...(mayRead ? [{ label: 'Routes through it', value: <Routes id={tunnel.id} /> }] : []),
        ]}
      />
    </Panel>
  )
}

const mostRoutes = 6
const minuteMs = 60_000

function Routes({ id }: { id: string }) {
  // Two requests to Cloudflare each time: once a minute is enough.
  const { data, error } = useQuery({ ...tunnelRoutesQuery(id), staleTime: minuteMs, gcTime: minuteMs })
  if (error) return <span className="text-fg-2">Not known: {error.problem.title}</span>
  if (!data) return <Skeleton />
  if (data.length === 0) return <span className="text-fg-2">No static route</span>
  return (
    <span className="flex flex-wrap gap-x-3">
      {data.slice(0, mostRoutes).map((entry) => (
        <Address key={entry.id} value={entry.prefix} canCopy={false} />
      ))}
      {data.length > mostRoutes && <span className="text-fg-2">and {data.length - mostRoutes} more</span>}
    </span>
  )
}
