import { type Compress, type Compressed, compressedOf } from './compressed.ts'

/** JSON that is made once and sent to many: its text, its compressed forms and the hash of what it says. */
export interface Prepared {
  text: string
  compressed: Compressed
  etag: string
  fetchedAt: string
}

/**
 * Prepares an answer. `hashed` is what the ETag stands for; times of reading are left out of it, or no two answers would
 * ever be the same. The time of reading also goes out as `x-fetched-at`, so that a 304 can renew it.
 */
export async function prepare(text: string, hashed: string, fetchedAt: string): Promise<Prepared> {
  return { text, compressed: compressedOf(text), etag: `"${await sha256(hashed)}"`, fetchedAt }
}

/** A long answer without its end, and the tag of what it says. */
export interface Body {
  text: string
  etag: string
}

export async function bodyOf(pieces: readonly string[]): Promise<Body> {
  const text = pieces.join('')
  return { text, etag: `"${await sha256(text)}"` }
}

/** A long answer, ended by what alone tells when it was read: that is left out of what the ETag stands for. */
export function ended({ text, etag }: Body, end: string, fetchedAt: string, brotli?: Compress): Prepared {
  const whole = text + end
  return { text: whole, compressed: compressedOf(whole, brotli), etag, fetchedAt }
}

/** A prepared answer, or only its tag when the reader has it. */
export type View = Prepared | { isKnown: true; etag: string; fetchedAt: string }

/** What a reader gets of this text; `hashed` is what its ETag stands for. */
export async function viewOf(
  text: string,
  hashed: string,
  asked: { ifNoneMatch: string | undefined; now: Date },
): Promise<View> {
  const fetchedAt = asked.now.toISOString()
  const etag = `"${await sha256(hashed)}"`
  return isKnown(asked.ifNoneMatch, etag) ? { isKnown: true, etag, fetchedAt } : prepare(text, hashed, fetchedAt)
}

/** Whether `If-None-Match` names this answer. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known?.includes(etag) ?? false
}

/** SHA-256 in base64url, without padding. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
