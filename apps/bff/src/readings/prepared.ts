/** JSON that is made once and sent to many: its text, its compressed form and the hash of what it says. */
export interface Prepared {
  text: string
  gzip: ArrayBuffer
  etag: string
  fetchedAt: string
}

/**
 * Prepares an answer. `hashed` is what the ETag stands for; times of reading are left out of it, or no two answers would
 * ever be the same. The time of reading also goes out as `x-fetched-at`, so that a 304 can renew it.
 */
export async function prepare(text: string, hashed: string, fetchedAt: string): Promise<Prepared> {
  return { text, gzip: await gzipOf([text]), etag: `"${await sha256(hashed)}"`, fetchedAt }
}

/**
 * The same for an answer that comes in pieces, of which the last alone tells when it was read: it is left out of what the
 * ETag stands for. Nothing is made twice, so that a long list holds nobody up.
 */
export async function preparePieces(pieces: readonly string[], last: string, fetchedAt: string): Promise<Prepared> {
  const text = pieces.join('')
  const etag = `"${await sha256(text)}"`
  return { text: text + last, gzip: await gzipOf([...pieces, last]), etag, fetchedAt }
}

/** Compressed off our thread, where the runtime has one. */
function gzipOf(pieces: readonly string[]): Promise<ArrayBuffer> {
  const bytes = new Blob([...pieces]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(bytes).arrayBuffer()
}

/** A prepared answer, or only its tag when the reader has it. */
export type View = Prepared | { isKnown: true; etag: string; fetchedAt: string }

/** What a reader gets of this text; `hashed` is what its ETag stands for. Compressed only where it is sent. */
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
