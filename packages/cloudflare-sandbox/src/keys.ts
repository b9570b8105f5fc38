import { toHex } from './hash.ts'

/** Pre-shared keys as digests, in memory only: enough to answer "is this the key?", never to tell the key. */
export interface KeyVault {
  set(tunnelId: string, digest: string): void
  has(tunnelId: string, psk: string): Promise<boolean>
  delete(tunnelId: string): void
  clear(): void
}

export function createKeyVault(): KeyVault {
  const digests = new Map<string, string>()
  return {
    set: (tunnelId, digest) => void digests.set(tunnelId, digest),
    has: async (tunnelId, psk) => digests.get(tunnelId) === (await digestKey(psk)),
    delete: (tunnelId) => void digests.delete(tunnelId),
    clear: () => digests.clear(),
  }
}

export async function digestKey(psk: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(psk))))
}

/** 32 random bytes as 43 characters of base64url, like the keys in Cloudflare's samples. */
export function generateKey(random: (bytes: number) => Uint8Array): string {
  return btoa(String.fromCharCode(...random(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
