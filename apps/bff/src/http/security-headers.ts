import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './env.ts'

/** S54. No inline script or style anywhere: the SPA is built for it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const headers: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()',
  'x-frame-options': 'DENY',
}

/** The same headers on every answer, whatever its status (S54 to S56), and `no-store` on all of `/api` (S58). */
export function securityHeaders(publicUrl: string): MiddlewareHandler<AppEnv> {
  const [page, api] = [headersOf(publicUrl, '/'), headersOf(publicUrl, '/api')]
  return async (c, next) => {
    await next()
    for (const [name, value] of c.req.path.startsWith('/api') ? api : page) c.res.headers.set(name, value)
  }
}

/** What every answer on this path carries, as pairs of name and value. */
export function headersOf(publicUrl: string, path: string): [name: string, value: string][] {
  return Object.entries({
    ...headers,
    ...(publicUrl.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
    ...(path.startsWith('/api') && {
      'cache-control': 'no-store',
      vary: 'Sec-Fetch-Site, Origin, Cookie, X-View-As, Accept, Accept-Encoding',
    }),
  })
}
