import type { Tunnel } from '@tunnel-console/shared/tunnel'

/**
 * Whether two readings show the same tunnel. Cheap, for lists of ten thousand that hardly ever change: Cloudflare moves
 * these two with every change.
 */
export function isUntouched(a: Tunnel, b: Tunnel): boolean {
  return a === b || (a.modified_on !== null && a.modified_on === b.modified_on && keyDateOf(a) === keyDateOf(b))
}

/** When its pre-shared key was made; `null` for no key, or where Cloudflare does not tell. */
export const keyDateOf = ({ psk_metadata }: Tunnel) => psk_metadata?.last_generated_on ?? null
