import type { UpstreamError } from '@tunnel-console/shared/problem'
import type { Secret } from '../secret.ts'
import { createKnownKeys, keysIn, md5KeysIn } from './known-keys.ts'
import { indexSecrets, redact, type SecretIndex } from './redact.ts'

/** Makes a text of Cloudflare's fit for a person, the log and the database. */
export type Scrub = (text: string) => string

const longest = 400

/** Control characters, line separators and what turns the direction of writing: they would forge what a person reads. */
const invisible = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/** Cleans Cloudflare's words of our tokens before a person, the log or the database sees them (S14, S66). */
export function createScrub(secrets: readonly Secret[]): Scrub {
  return scrubWith([indexSecrets(secrets.map((secret) => secret.reveal()))])
}

function scrubWith(indexes: readonly SecretIndex[]): Scrub {
  return (text) =>
    redact(text, indexes)
      .replaceAll(/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 [redacted]')
      .replaceAll(invisible, ' ')
      .trim()
      .slice(0, longest)
      .toWellFormed()
}

export type Scrubber = ReturnType<typeof createScrubber>

/**
 * As `createScrub`, and of the keys of tunnels: those in the very request and its answer, and MD5 keys seen lately.
 * Cloudflare's refusals quote what they refuse.
 */
export function createScrubber(secrets: readonly Secret[]) {
  const tokens = indexSecrets(secrets.map((secret) => secret.reveal()))
  const known = createKnownKeys()
  return {
    /** Remembers the MD5 keys of a request's body or of a result. */
    learn(value: unknown): void {
      for (const key of md5KeysIn(value)) known.learn(key)
    },
    /** For the words in one answer. */
    of(body: unknown, answer: unknown): Scrub {
      const own = indexSecrets([...keysIn(body), ...keysIn(answer)])
      return scrubWith([tokens, known.index(), own])
    },
  }
}

/** One error of Cloudflare's, rebuilt from the parts we know: code, scrubbed message, a link only if it is a web link. */
export function rebuildError(
  error: { code?: number; message: string; documentation_url?: string },
  scrub: Scrub,
): UpstreamError {
  const link = error.documentation_url
  return {
    ...(error.code !== undefined && { code: error.code }),
    message: scrub(error.message),
    ...(link !== undefined && /^https?:\/\/[^\s]{1,300}$/.test(link) && { documentation_url: scrub(link) }),
  }
}
