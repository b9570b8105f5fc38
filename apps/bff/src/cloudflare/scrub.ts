import type { UpstreamError } from '@tunnel-console/shared/problem'
import type { Secret } from '../secret.ts'

const longest = 400

/** Control characters, line separators and what turns the direction of writing: they would forge what a person reads. */
const invisible = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/** Makes the function that cleans Cloudflare's words before a person, the log or the database sees them (S14, S66). */
export function createScrub(secrets: readonly Secret[]): (text: string) => string {
  const forms = secrets.flatMap((secret) => formsOf(secret.reveal()))
  return (text) => {
    return forms
      .reduce((clean, form) => clean.replaceAll(form, '[redacted]'), text)
      .replaceAll(/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 [redacted]')
      .replaceAll(invisible, ' ')
      .trim()
      .slice(0, longest)
  }
}

/** The shapes in which a secret can come back to us, in any case: as it is, escaped for a URL or for JSON, base64, hex. */
function formsOf(value: string): RegExp[] {
  const hex = [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0'))
  const escaped = JSON.stringify(value).slice(1, -1)
  const urlEscaped = hex.map((byte) => `%${byte}`).join('')
  return [value, encodeURIComponent(value), urlEscaped, escaped, hex.join(''), ...base64Of(value)]
    .filter((form) => form.length >= 8)
    .map((form) => new RegExp(form.replaceAll(/[^\w]/g, '\\$&'), 'gi'))
}

/** Base64 of the secret within a longer text, such as `user:SECRET`: three alignments, without the characters at the edges. */
function base64Of(value: string): string[] {
  const inside = [0, 1, 2].map((offset) => {
    const bytes = new TextEncoder().encode('\0'.repeat(offset) + value)
    const whole = Math.floor((bytes.length * 4) / 3)
    return btoa(String.fromCharCode(...bytes)).slice(offset === 0 ? 0 : offset + 1, whole)
  })
  return inside.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}

/** One error of Cloudflare's, rebuilt from the parts we know: code, scrubbed message, a link only if it is a web link. */
export function rebuildError(
  error: { code?: number; message: string; documentation_url?: string },
  scrub: (text: string) => string,
): UpstreamError {
  const link = error.documentation_url
  return {
    ...(error.code !== undefined && { code: error.code }),
    message: scrub(error.message),
    ...(link !== undefined && /^https?:\/\/[^\s]{1,300}$/.test(link) && { documentation_url: scrub(link) }),
  }
}
