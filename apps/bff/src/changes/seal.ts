import type { TunnelDraft } from '@tunnel-console/shared/draft'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { Secret } from '../secret.ts'
import type { Change, Facts } from './change.ts'

/** Begins with a character that no MD5 key may hold, so that nobody's key looks sealed. */
const mark = '\u0001hmac:'

export type Seal = ReturnType<typeof createSeal>

/**
 * Replaces MD5 keys by keyed hashes, so that what rests in the database can be compared but not read: an MD5 key is short
 * enough to be guessed from a plain hash. The hash's own key comes from the secret that signs cookies, which lies outside
 * the database. Sealing twice changes nothing.
 */
export function createSeal(secret: Secret) {
  const encoder = new TextEncoder()
  let key: Promise<CryptoKey> | undefined
  const hmacKey = () => {
    key ??= crypto.subtle.importKey('raw', encoder.encode(secret.reveal()), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ])
    return key
  }

  async function digest(value: string): Promise<string> {
    const signed = await crypto.subtle.sign('HMAC', await hmacKey(), encoder.encode(value))
    return btoa(String.fromCharCode(...new Uint8Array(signed)))
  }

  async function text(value: string): Promise<string> {
    return value === '' || value.startsWith(mark) ? value : mark + (await digest(`md5-key ${value}`))
  }

  async function draft(value: TunnelDraft): Promise<TunnelDraft> {
    return { ...value, bgp: { ...value.bgp, md5_key: await text(value.bgp.md5_key) } }
  }

  return {
    /** A keyed hash of anything: equal texts give equal hashes, and nothing of the text can be read from it. */
    digest,

    async tunnel(value: Tunnel): Promise<Tunnel> {
      return { ...value, bgp: value.bgp && { ...value.bgp, md5_key: await text(value.bgp.md5_key) } }
    },

    /** Whether this clear text is what was sealed. */
    async isSealOf(sealed: string, value: string): Promise<boolean> {
      return sealed === (await text(value))
    },

    async change(value: Change): Promise<Change> {
      const copy = structuredClone(value)
      const bgp = copy.kind === 'create' ? copy.input.bgp : copy.kind === 'update' ? copy.patch.bgp : null
      if (bgp?.md5_key) bgp.md5_key = await text(bgp.md5_key)
      return copy
    },

    async facts(value: Facts): Promise<Facts> {
      return {
        ...value,
        before: value.before && (await draft(value.before)),
        goal: value.goal && (await draft(value.goal)),
      }
    },
  }
}
