import { peerAddress } from '@tunnel-console/shared/ip'
import { keyAge } from '@tunnel-console/shared/key-age'
import type { SectionId } from '@tunnel-console/shared/sections'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import type { ReactNode } from 'react'
import { useKeyAgeLimits } from '../../data/settings.ts'
import { Address, Nothing } from '../../ui/address.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { Definition } from '../../ui/definition-list.tsx'
import { TimeAgo, useNow } from '../../ui/time-ago.tsx'

/** What Cloudflare says besides the fields, by the section that it belongs to. */
export const readOnlyRows: Partial<Record<SectionId, (tunnel: VisibleTunnel) => Definition[]>> = {
  inside: ({ interface_address }) => {
    const peer = peerAddress(interface_address)
    return [
      address('Cloudflare end', interface_address.split('/')[0], 'derived'),
      peer === null
        ? { label: 'Your end', value: <Nothing words="cannot be derived" /> }
        : address('Your end', peer, 'derived'),
    ]
  },
  health: ({ health_check: { target } }) => [
    address('Target in use', target.effective, target.saved === '' ? 'derived' : undefined),
  ],
  bgp: ({ bgp }) => [
    ...(bgp?.import_filter_id ? [address('Import filter', bgp.import_filter_id)] : []),
    ...(bgp?.export_filter_id ? [address('Export filter', bgp.export_filter_id)] : []),
  ],
  protection: ({ allow_null_cipher }) => [
    {
      label: 'NULL cipher',
      value: allow_null_cipher ? <Badge tone="degraded">Allowed: traffic may go unencrypted</Badge> : 'Not allowed',
    },
  ],
  ike: (tunnel) => (isWholeTunnel(tunnel) ? identities(tunnel.remote_identities) : []),
}

/** What support does not see: how old the key is. */
export function keyRows({ psk_metadata }: Tunnel): Definition[] {
  const since = psk_metadata?.last_generated_on
  return [
    { label: 'Key', value: keyState(psk_metadata) },
    ...(since ? [{ label: 'Generated', value: <Generated at={since} /> }] : []),
  ]
}

function Generated({ at }: { at: string }) {
  const age = keyAge(at, useNow(), useKeyAgeLimits())
  return (
    <>
      <TimeAgo at={at} />
      {age && age.level !== 'fine' && (
        <Badge tone={age.level === 'warn' ? 'degraded' : 'unknown'}>
          {age.level === 'warn' ? 'Old: rotate it' : 'Rotate it soon'}
        </Badge>
      )}
    </>
  )
}

export function dateRows({ created_on, modified_on, id }: VisibleTunnel): Definition[] {
  return [
    { label: 'Created', value: time(created_on) },
    { label: 'Changed', value: time(modified_on) },
    { label: 'Tunnel id', value: <span className="mono">{id}</span>, copy: id },
  ]
}

/** Who the device says it is, as Cloudflare made it up. */
function identities(ids: Tunnel['remote_identities']): Definition[] {
  return [identity('FQDN', ids?.fqdn_id), identity('User FQDN', ids?.user_id), identity('Key id (hex)', ids?.hex_id)]
}

const address = (label: string, value: string | undefined, mark?: Definition['mark']): Definition => ({
  label,
  value: <Address value={value} canCopy={false} />,
  mark,
  copy: value || undefined,
})

const time = (at: string | null) => (at ? <TimeAgo at={at} /> : <Nothing words="not told by Cloudflare" />)

function keyState(metadata: Tunnel['psk_metadata']): ReactNode {
  if (!metadata) return <span className="text-fg-3">not told by Cloudflare</span>
  if (metadata.last_generated_on) return 'Set. Cloudflare never shows it again.'
  return <Badge tone="establishing">No key yet</Badge>
}

function identity(label: string, value: string | undefined): Definition {
  if (value === undefined) return { label, value: <span className="text-fg-3">not told by Cloudflare</span> }
  if (value === '') return { label, value: <Nothing words="not set" /> }
  return { label, value: <span className="mono [overflow-wrap:anywhere]">{value}</span>, copy: value }
}
