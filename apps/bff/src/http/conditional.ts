import type { Context } from 'hono'
import type { View } from '../readings/prepared.ts'
import type { AppEnv } from './env.ts'

/** Sends a prepared answer, or 304 when the browser has it already. */
export function sendView(c: Context<AppEnv>, view: View): Response {
  const { etag, fetchedAt } = view
  const headers = { etag, 'x-fetched-at': fetchedAt }
  if ('isKnown' in view) return c.body(null, 304, headers)
  const type = { ...headers, 'content-type': 'application/json' }
  const takesGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  return takesGzip ? c.body(view.gzip, 200, { ...type, 'content-encoding': 'gzip' }) : c.body(view.text, 200, type)
}
