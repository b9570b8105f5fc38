import { fromBase64Url, toBase64Url } from './base64url.ts'

/** What is left for the engineer at the far end: the key, and the facts that the person chose to put beside it. */
export interface HandoffContent {
  psk: string
  facts: { label: string; value: string }[]
}

const nonceBytes = 12
const keyBytes = 32

/** What this seals, so that a ciphertext made for anything else never opens here. */
const purpose = new TextEncoder().encode('tunnel-console hand-off 1')

/** Contents are filled up to a multiple of this, so that a ciphertext does not tell how long a key is. */
const blockBytes = 512

export interface SealedHandoff {
  ciphertext: string
  /** Opens it. It belongs into the fragment of the link, which browsers send to no server. */
  key: string
}

/** Encrypts with a key that is made here and that no server ever has: AES-GCM 256, nonce first, base64url. */
export async function sealHandoff(content: HandoffContent): Promise<SealedHandoff> {
  const raw = crypto.getRandomValues(new Uint8Array(keyBytes))
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt(paramsOf(nonce), key, padded(JSON.stringify(content)))
  return { ciphertext: toBase64Url(new Uint8Array([...nonce, ...new Uint8Array(sealed)])), key: toBase64Url(raw) }
}

/** Opens what was sealed. `null` where the key is not the one, or anything was changed on the way. */
export async function openHandoff(ciphertext: string, key: string): Promise<HandoffContent | null> {
  const bytes = fromBase64Url(ciphertext)
  const raw = isHandoffKey(key) ? fromBase64Url(key) : null
  if (!bytes || !raw) return null
  try {
    const opener = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
    const nonce = bytes.slice(0, nonceBytes)
    const plain = await crypto.subtle.decrypt(paramsOf(nonce), opener, bytes.slice(nonceBytes))
    return contentOf(JSON.parse(new TextDecoder().decode(plain)))
  } catch {
    return null
  }
}

/** Whether a fragment can be a whole key: a link that lost its end must not be used up. */
export const isHandoffKey = (text: string): boolean => fromBase64Url(text)?.length === keyBytes

const paramsOf = (iv: Uint8Array<ArrayBuffer>) => ({ name: 'AES-GCM', iv, additionalData: purpose })

/** JSON may end in as many spaces as one likes. */
function padded(json: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(json)
  const whole = new Uint8Array(Math.ceil(bytes.length / blockBytes) * blockBytes).fill(0x20)
  whole.set(bytes)
  return whole
}

function contentOf(value: unknown): HandoffContent | null {
  if (typeof value !== 'object' || value === null) return null
  const { psk, facts } = value as Record<string, unknown>
  if (typeof psk !== 'string' || !Array.isArray(facts)) return null
  return { psk, facts: facts.filter(isFact) }
}

function isFact(value: unknown): value is HandoffContent['facts'][number] {
  if (typeof value !== 'object' || value === null) return false
  const { label, value: text } = value as Record<string, unknown>
  return typeof label === 'string' && typeof text === 'string'
}
