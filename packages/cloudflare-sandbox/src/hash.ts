/** FNV-1a with a final mix: not for secrets, only to make believable data the same on every run. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A number in [0, 1) that depends on nothing but the text. */
export function unit(text: string): number {
  return hash32(text) / 0x1_0000_0000
}

/** 32 hex digits derived from a text: the same seed tunnel has the same id on every machine. */
export function hexId(text: string): string {
  return [0, 1, 2, 3].map((part) => hash32(`${part}:${text}`).toString(16).padStart(8, '0')).join('')
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
