import { useState } from 'react'

/** A random name that nobody guesses and nothing else has, 32 hex digits; also where the page has no `randomUUID`. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

export const keyHeader = (key: string) => ({ 'idempotency-key': key })

export interface IdempotencyKey {
  /** The same key for as long as the same thing is sent. */
  for: (payload: unknown) => string
  /** After a definite no, the next request is a new one. */
  renew: () => void
}

export function createIdempotencyKey(): IdempotencyKey {
  let held: { stamp: string; key: string } | null = null
  return {
    for(payload) {
      const stamp = JSON.stringify(payload)
      if (held?.stamp !== stamp) held = { stamp, key: newKey() }
      return held.key
    },
    renew() {
      held = null
    },
  }
}

/** One for each form on the page: however often it is sent, it happens once (H3). */
export function useIdempotencyKey(): IdempotencyKey {
  const [key] = useState(createIdempotencyKey)
  return key
}
