import type { UpstreamError } from '@tunnel-console/shared/problem'
import type { Secret } from '../secret.ts'

const longest = 400

/** Makes the function that cleans Cloudflare's words before a person, the log or the database sees them (S14, S66). */
export function createScrub(secrets: readonly Secret[]): (text: string) => string {
  const forms = secrets.flatMap((secret) => formsOf(secret.reveal()))
  return (text) => {
    let clean = text
    for (const form of forms) clean = clean.replaceAll(form, '[redacted]')
    return clean
      .replaceAll(/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 [redacted]')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, longest)
  }
}

/** The shapes in which a secret can come back to us: as it is, escaped, in base64 and in hex. */
function formsOf(value: string): string[] {
  const bytes = new TextEncoder().encode(value)
  const base64 = btoa(String.fromCharCode(...bytes))
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [...new Set([value, encodeURIComponent(value), base64, base64.replace(/=+$/, ''), hex])].filter(
    (form) => form.length >= 8,
  )
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
