const encoder = new TextEncoder()

/** A new secret of the Standard Webhooks kind: `whsec_` and base64 of 32 random bytes. */
export function newSecret(): string {
  return `whsec_${base64(crypto.getRandomValues(new Uint8Array(32)))}`
}

/**
 * The headers that prove who sent a message, and that it is not an old one sent again, as Standard Webhooks names them
 * (https://www.standardwebhooks.com). `seconds`: since the Unix epoch, when this attempt is made.
 */
export async function signedHeaders(secret: string, id: string, seconds: number, body: string) {
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${id}.${seconds}.${body}`))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${base64(new Uint8Array(mac))}`,
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
