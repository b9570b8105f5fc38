import type { Seal } from '../changes/seal.ts'

const encoder = new TextEncoder()
const nonceBytes = 12

/**
 * Encrypts the secrets of webhooks for the database, by AES-GCM under a key that is made from the secret which signs
 * cookies and lies outside the database. `owner` names whose secret it is: moved to another row it cannot be read.
 */
export function createCipher({ digest }: Pick<Seal, 'digest'>) {
  let made: Promise<CryptoKey> | undefined
  const key = () => {
    made ??= digest('the key of webhook secrets').then((text) =>
      crypto.subtle.importKey('raw', bytesOf(text), 'AES-GCM', false, ['encrypt', 'decrypt']),
    )
    return made
  }
  return {
    async encrypt(owner: string, text: string): Promise<string> {
      const iv = crypto.getRandomValues(new Uint8Array(nonceBytes))
      const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(owner) }
      const sealed = await crypto.subtle.encrypt(algorithm, await key(), encoder.encode(text))
      return btoa(String.fromCharCode(...iv, ...new Uint8Array(sealed)))
    },
    /** Throws when the secret that signs cookies is another one than at the time. */
    async decrypt(owner: string, sealed: string): Promise<string> {
      const bytes = bytesOf(sealed)
      const algorithm = {
        name: 'AES-GCM',
        iv: bytes.slice(0, nonceBytes),
        additionalData: encoder.encode(owner),
      }
      return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, await key(), bytes.slice(nonceBytes)))
    },
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
