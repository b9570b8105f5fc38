import type { Tunnel } from '@tunnel-console/shared/tunnel'

export const md5Placeholder = 'PASTE-MD5-KEY-HERE'

/** The tunnel with a placeholder for the MD5 key of BGP. It is no secret to Cloudflare, and not for every screen. */
export function withoutMd5(tunnel: Tunnel): Tunnel {
  if (!tunnel.bgp?.md5_key) return tunnel
  return { ...tunnel, bgp: { ...tunnel.bgp, md5_key: md5Placeholder } }
}
