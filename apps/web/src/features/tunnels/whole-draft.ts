import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'

/** A draft to look up defaults in. What support may not see is empty in it, and no row asks for it. */
export function draftOfVisible(tunnel: VisibleTunnel): TunnelDraft {
  if (isWholeTunnel(tunnel)) return draftOf(tunnel)
  return draftOf({
    ...tunnel,
    bgp: tunnel.bgp && { ...tunnel.bgp, md5_key: '' },
    custom_remote_identities: { fqdn_id: '' },
    remote_identities: null,
    psk_metadata: { last_generated_on: null },
  })
}
