import { isDefault } from '@tunnel-console/shared/fields'
import { peerAddress } from '@tunnel-console/shared/ip'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import { valueWords } from '@tunnel-console/shared/words'
import { Address, Nothing } from '../../ui/address.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { Definition } from '../../ui/definition-list.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { SecretValue } from './secret-value.tsx'
import { draftOfVisible } from './whole-draft.ts'

export interface Section {
  title: string
  items: Definition[]
}

export const address = (label: string, value: string | null | undefined, mark?: Definition['mark']): Definition => ({
  label,
  value: <Address value={value} canCopy={false} />,
  mark,
  copy: value || undefined,
})
const words = (value: string) => value || <Nothing words="not set" />
const time = (at: string | null) => (at ? <TimeAgo at={at} /> : <Nothing words="not told by Cloudflare" />)

/** The sections that every role sees; the last one is dates and the id. */
export function configurationOf(tunnel: VisibleTunnel): Section[] {
  const draft = draftOfVisible(tunnel)
  const mark = (path: string) => (isDefault(draft, path) ? 'default' : undefined)
  const { health_check: health } = tunnel
  return [
    {
      title: 'Identity',
      items: [
        { label: 'Name', value: words(tunnel.name), copy: tunnel.name },
        { label: 'Description', value: words(tunnel.description) },
      ],
    },
    {
      title: 'Endpoints',
      items: [
        address('Cloudflare endpoint', tunnel.cloudflare_endpoint),
        address('Customer endpoint', tunnel.customer_endpoint),
      ],
    },
    { title: 'Inside addresses', items: insideAddresses(tunnel) },
    {
      title: 'Health check',
      items: [
        {
          label: 'Health check',
          value: valueWords('health_check.enabled', health.enabled),
          mark: mark('health_check.enabled'),
        },
        {
          label: 'Health check rate',
          value: valueWords('health_check.rate', health.rate),
          mark: mark('health_check.rate'),
        },
        {
          label: 'Health check type',
          value: valueWords('health_check.type', health.type),
          mark: mark('health_check.type'),
        },
        {
          label: 'Health check direction',
          value: valueWords('health_check.direction', health.direction),
          mark: mark('health_check.direction'),
        },
        address('Health check target', health.target.saved, mark('health_check.target.saved')),
        address('Target in use', health.target.effective, health.target.saved === '' ? 'derived' : undefined),
      ],
    },
    { title: 'BGP', items: bgpItems(tunnel, mark('bgp.extra_prefixes')) },
    {
      title: 'Protection',
      items: [
        {
          label: 'Replay protection',
          value: valueWords('replay_protection', tunnel.replay_protection),
          mark: mark('replay_protection'),
        },
        {
          label: 'Automatic return routing',
          value: valueWords('automatic_return_routing', tunnel.automatic_return_routing),
          mark: mark('automatic_return_routing'),
        },
        {
          label: 'NULL cipher',
          value: tunnel.allow_null_cipher ? (
            <Badge tone="degraded">Allowed: traffic may go unencrypted</Badge>
          ) : (
            'Not allowed'
          ),
        },
      ],
    },
    {
      title: 'Dates and id',
      items: [
        { label: 'Created', value: time(tunnel.created_on) },
        { label: 'Changed', value: time(tunnel.modified_on) },
        { label: 'Tunnel id', value: <span className="mono">{tunnel.id}</span>, copy: tunnel.id },
      ],
    },
  ]
}

function insideAddresses({ interface_address: inside, interface_address6: inside6 }: VisibleTunnel): Definition[] {
  const peer = peerAddress(inside)
  return [
    address('Interface address', inside),
    address('Cloudflare end', inside.split('/')[0], 'derived'),
    peer === null
      ? { label: 'Your end', value: <Nothing words="cannot be derived" /> }
      : address('Your end', peer, 'derived'),
    address('Interface address (IPv6)', inside6),
  ]
}

function bgpItems(tunnel: VisibleTunnel, prefixesMark: Definition['mark']): Definition[] {
  const { bgp } = tunnel
  if (!bgp) return [{ label: 'BGP', value: valueWords('bgp.enabled', false) }]
  const asn = bgp.customer_asn === null ? '' : String(bgp.customer_asn)
  const prefixes = bgp.extra_prefixes.map((prefix) => <Address key={prefix} value={prefix} />)
  return [
    { label: 'BGP', value: valueWords('bgp.enabled', true) },
    address('Customer ASN', asn),
    { label: 'Extra prefixes', value: prefixes.length > 0 ? prefixes : <Nothing words="none" />, mark: prefixesMark },
    ...(isWholeTunnel(tunnel)
      ? [{ label: 'MD5 key', value: <SecretValue label="MD5 key" value={tunnel.bgp?.md5_key ?? ''} /> }]
      : []),
    ...(bgp.import_filter_id ? [address('Import filter', bgp.import_filter_id)] : []),
    ...(bgp.export_filter_id ? [address('Export filter', bgp.export_filter_id)] : []),
  ]
}
