import { DefinitionList } from '../../../ui/definition-list.tsx'
import type { PskTunnel } from './psk-tunnel.ts'

/** What the same person needs next at the device: whom to connect to, and which of the three names to use. */
export function DeviceSide({ tunnel, ipsecId }: { tunnel: PskTunnel; ipsecId: string | undefined }) {
  const { peerAddress, identities } = tunnel
  const named = [
    { label: 'FQDN', value: identities?.fqdn_id, isFirst: true },
    { label: 'User FQDN', value: identities?.user_id },
    { label: 'Key id (hex)', value: identities?.hex_id },
  ]
  const known = named.filter(({ value }) => value)
  // Where Cloudflare tells no identities, the answer of the key itself has one.
  const items = known.length > 0 ? known : [{ label: 'IKE ID', value: ipsecId }]
  return (
    <section aria-label="For the device" className="flex flex-col gap-2">
      <h3 className="text-14 font-medium">For the device</h3>
      <DefinitionList
        items={[{ label: 'Peer address', value: peerAddress }, ...items].flatMap(({ label, value }) =>
          value ? [{ label, value: <span className="mono [overflow-wrap:anywhere]">{value}</span>, copy: value }] : [],
        )}
      />
      {known.length > 1 && (
        <p className="text-13 text-fg-3">
          Use one of the {known.length} identities as the local IKE ID: the FQDN on most devices; the others where the
          device has no ID of type FQDN.
        </p>
      )}
    </section>
  )
}
