import { indexSecrets, type SecretIndex } from './redact.ts'

const mostKeys = 2000
const mostVisited = 50_000

/** Every key that stands anywhere in a value, by the names under which Cloudflare's API carries keys. */
export function keysIn(value: unknown): string[] {
  const keys: string[] = []
  const waiting = [value]
  for (let visited = 0; waiting.length > 0 && visited < mostVisited; visited++) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const [name, child] of Object.entries(next)) {
      if (typeof child === 'object') waiting.push(child)
      else if ((name === 'psk' || name === 'md5_key') && typeof child === 'string') keys.push(child)
    }
  }
  return keys
}

/**
 * MD5 keys of tunnels lately read or written, so that they are known when Cloudflare's words repeat one. They are in
 * every reading of the tunnels anyway; pre-shared keys are not remembered beyond their own call.
 */
export function createKnownKeys() {
  const keys = new Set<string>()
  let index: SecretIndex | null = null
  return {
    learn(key: string): void {
      if (!keys.has(key)) index = null
      keys.delete(key)
      keys.add(key)
      const [oldest] = keys
      if (keys.size > mostKeys && oldest !== undefined) keys.delete(oldest)
    },
    index(): SecretIndex {
      index ??= indexSecrets(keys)
      return index
    },
  }
}

/** The MD5 keys of a result that holds one tunnel or many, without walking through ten thousand whole tunnels. */
export function md5KeysIn(result: unknown): string[] {
  return tunnelsIn(result).flatMap((tunnel) => {
    const key = fieldOf(fieldOf(tunnel, 'bgp'), 'md5_key')
    return typeof key === 'string' && key !== '' ? [key] : []
  })
}

function tunnelsIn(result: unknown): unknown[] {
  const list = fieldOf(result, 'ipsec_tunnels')
  const single = [result, fieldOf(result, 'ipsec_tunnel'), fieldOf(result, 'modified_ipsec_tunnel')]
  return Array.isArray(list) ? list : single
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
