import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { ReactNode } from 'react'
import { Nothing } from '../../ui/address.tsx'
import { Badge } from '../../ui/badge.tsx'
import type { Definition } from '../../ui/definition-list.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { Section } from './configuration.tsx'

/** What support does not see: who the device says it is, and how old the key is. */
export function keySections({
  remote_identities: ids,
  custom_remote_identities: custom,
  psk_metadata,
}: Tunnel): Section[] {
  const since = psk_metadata?.last_generated_on
  return [
    {
      title: 'IKE identity',
      items: [
        identity('FQDN', ids?.fqdn_id),
        identity('User FQDN', ids?.user_id),
        identity('Key id (hex)', ids?.hex_id),
        { ...identity('Custom IKE FQDN', custom.fqdn_id), mark: custom.fqdn_id === '' ? 'default' : undefined },
      ],
    },
    {
      title: 'Pre-shared key',
      items: [
        {
          label: 'Key',
          value: keyState(psk_metadata),
        },
        ...(since ? [{ label: 'Generated', value: <TimeAgo at={since} /> }] : []),
      ],
    },
  ]
}

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
