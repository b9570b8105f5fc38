import { readOnlyKeys } from '@tunnel-console/shared/tunnel'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { sha256 } from '../readings/prepared.ts'

/**
 * The version of a tunnel: a hash of everything writable together with `modified_on` and the key's date. Cloudflare has
 * no ETag, and `modified_on` alone may be no finer than a second. Status is left out, and so are fields
 * that we do not know: they may move by themselves, and a tunnel that always looks changed could never be edited.
 *
 * Whoever sees the version can guess at what was hashed, so people who may not see the MD5 key get the version of what
 * they do see.
 */
export function versionOf(tunnel: VisibleTunnel): Promise<string> {
  const writable = Object.entries(tunnel).filter(([key]) => !(readOnlyKeys as readonly string[]).includes(key))
  const key = 'psk_metadata' in tunnel ? tunnel.psk_metadata : undefined
  return sha256(canonicalJson([Object.fromEntries(writable), tunnel.modified_on, key]))
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
