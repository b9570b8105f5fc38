import { columnsType } from '@tunnel-console/shared/contract'
import type { Context } from 'hono'
import type { ListForm } from '../readings/list-view.ts'
import type { Prepared, View } from '../readings/prepared.ts'
import type { AppEnv } from './env.ts'

type Tags = Pick<Prepared, 'etag' | 'fetchedAt'>

/** Sends a prepared answer, or 304 when the browser has it already. */
export function sendView(c: Context<AppEnv>, view: View): Response {
  if ('isKnown' in view) return c.body(null, 304, tagsOf(view))
  return takesGzip(c.req.header('accept-encoding'))
    ? c.body(view.gzip, 200, gzipHeaders(view))
    : c.body(view.text, 200, { ...tagsOf(view), ...json })
}

const json = { 'content-type': 'application/json' } as const

/** What an answer without a body says of the one that the browser has. */
export const tagsOf = ({ etag, fetchedAt }: Tags) => ({ etag, 'x-fetched-at': fetchedAt })

/** What goes before a compressed answer. */
export const gzipHeaders = (tags: Tags) => ({ ...tagsOf(tags), ...json, 'content-encoding': 'gzip' })

/** In which form a reader wants the list of tunnels. */
export const formOf = (accept: string | undefined): ListForm => (accept?.includes(columnsType) ? 'columns' : 'rows')

export const takesGzip = (acceptEncoding: string | undefined) => /\bgzip\b/.test(acceptEncoding ?? '')
