import { readOnlyKeys } from '@tunnel-console/shared/tunnel'
import type { WireTunnel } from '../cloudflare/client.ts'
import { sha256 } from '../http/conditional.ts'

/**
 * The version of a tunnel: a hash of everything writable together with `modified_on` and the key's date. Cloudflare has
 * no ETag, and `modified_on` alone may be no finer than a second (assurance.md 0.5). Status is left out: it moves by itself.
 */
export function versionOf(wire: WireTunnel): Promise<string> {
  const writable = Object.entries(wire).filter(([key]) => !(readOnlyKeys as readonly string[]).includes(key))
  return sha256(canonicalJson([Object.fromEntries(writable), wire['modified_on'], wire['psk_metadata']]))
}

/** JSON with the keys of every object in order: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}

/** The version that `If-Match` names, or `null`. Weak tags and lists are not versions. */
export function versionIn(ifMatch: string | undefined): string | null {
  return /^"([A-Za-z0-9_-]{43})"$/.exec(ifMatch?.trim() ?? '')?.[1] ?? null
}
