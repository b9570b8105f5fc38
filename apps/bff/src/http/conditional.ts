import { columnsType } from '@tunnel-console/shared/contract'
import type { Context } from 'hono'
import type { Encoding } from '../readings/compressed.ts'
import type { ListForm } from '../readings/list-view.ts'
import type { Prepared, View } from '../readings/prepared.ts'
import type { AppEnv } from './env.ts'

type Tags = Pick<Prepared, 'etag' | 'fetchedAt'>

/** Sends a prepared answer, or 304 when the browser has it already. */
export async function sendView(c: Context<AppEnv>, view: View): Promise<Response> {
  if ('isKnown' in view) return c.body(null, 304, tagsOf(view))
  const encoding = encodingFor(view, c.req.header('accept-encoding'))
  return encoding
    ? c.body(await view.compressed.made(encoding), 200, bodyHeaders(view, encoding))
    : c.body(view.text, 200, { ...tagsOf(view), ...json })
}

const json = { 'content-type': 'application/json' } as const

/** What an answer without a body says of the one that the browser has. */
export const tagsOf = ({ etag, fetchedAt }: Tags) => ({ etag, 'x-fetched-at': fetchedAt })

/** What goes before a compressed answer. */
export const bodyHeaders = (tags: Tags, encoding: Encoding) => ({
  ...tagsOf(tags),
  ...json,
  'content-encoding': encoding,
})

/** In which form a reader wants the list of tunnels. */
export const formOf = (accept: string | undefined): ListForm => (accept?.includes(columnsType) ? 'columns' : 'rows')

/** How a reader who names it in `Accept-Encoding` says so, and how one who will not have it. Built once: every look asks. */
const namedAs: Record<Encoding, { taken: RegExp; refused: RegExp }> = { br: waysToName('br'), gzip: waysToName('gzip') }

function waysToName(encoding: Encoding) {
  return {
    taken: new RegExp(`\\b${encoding}\\b`, 'i'),
    refused: new RegExp(`\\b${encoding}\\s*;\\s*q=0(?:\\.0*)?(?![.\\d])`, 'i'),
  }
}

/** How an answer is compressed for a reader who accepts that; `null` when there is no way for both. */
export function encodingFor({ compressed }: Pick<Prepared, 'compressed'>, acceptEncoding = ''): Encoding | null {
  const isAccepted = (encoding: Encoding) =>
    namedAs[encoding].taken.test(acceptEncoding) && !namedAs[encoding].refused.test(acceptEncoding)
  return compressed.encodings.find(isAccepted) ?? null
}
