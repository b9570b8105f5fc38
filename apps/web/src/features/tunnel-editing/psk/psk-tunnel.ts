import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'

/** The three ways in which a device may name itself. Cloudflare makes them up, and takes any of them. */
export interface Identities {
  fqdn_id: string
  user_id: string
  hex_id: string
}

export interface PskTunnel {
  id: string
  name: string
  hasKey: boolean
  /** ISO 8601, or `null` without a key. */
  lastGeneratedOn: string | null
  /** What the device connects to. */
  peerAddress: string
  /** Who the device may say it is; `null` where Cloudflare does not tell. */
  identities: Identities | null
}

/** What the key dialog must know of a tunnel. */
export function pskTunnelOf(tunnel: VisibleTunnel): PskTunnel {
  const whole = isWholeTunnel(tunnel) ? tunnel : null
  const metadata = whole?.psk_metadata ?? null
  const lastGeneratedOn = metadata?.last_generated_on ?? null
  return {
    id: tunnel.id,
    name: tunnel.name,
    // Where Cloudflare tells nothing of a key, there may be one that a new key would replace.
    hasKey: metadata === null || lastGeneratedOn !== null,
    lastGeneratedOn,
    peerAddress: tunnel.cloudflare_endpoint,
    identities: whole?.remote_identities ?? null,
  }
}
