import type { TunnelDraft } from '../draft.ts'
import { inputOf, putBody, type TunnelPatch } from '../patch.ts'
import type { Tunnel } from '../tunnel.ts'

/** A call of Cloudflare's API. `path` stands below the account: `/magic/ipsec_tunnels/…`. */
export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: Record<string, unknown>
}

const tunnels = '/magic/ipsec_tunnels'

export const readCall = (id: string): ApiCall => ({ method: 'GET', path: `${tunnels}/${id}` })

export const deleteCall = (id: string): ApiCall => ({ method: 'DELETE', path: `${tunnels}/${id}` })

export const createCall = (draft: TunnelDraft): ApiCall => ({
  method: 'POST',
  path: tunnels,
  body: putBody({}, inputOf(draft)),
})

/** The PUT that the console would send: the tunnel as it reads it, without what is not set, and the changes laid over it. */
export const updateCall = (tunnel: Tunnel, patch: TunnelPatch): ApiCall => ({
  method: 'PUT',
  path: `${tunnels}/${tunnel.id}`,
  body: putBody(withoutEmpty(tunnel), patch),
})

function withoutEmpty(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]: [string, unknown]) => [key, isGroup(entry) ? withoutEmpty(entry) : entry] as const)
      .filter(([, entry]) => entry !== '' && !(isGroup(entry) && Object.keys(entry).length === 0)),
  )
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const api = 'https://api.cloudflare.com/client/v4'

/**
 * A call as a command for a POSIX shell. The account is filled in, the token is not: it is `$CLOUDFLARE_API_TOKEN` of whoever
 * runs it, and an MD5 key in the body is their `$BGP_MD5_KEY`. Everything else stands in single quotes, in which a shell reads
 * nothing but their end.
 */
export function curlOf({ method, path, body }: ApiCall, account: string): string {
  const lines = [
    `curl --fail-with-body -X ${method} ${shellQuoted(`${api}/accounts/${account}${path}`)}`,
    `  -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"`,
    `  -H 'x-magic-new-hc-target: true'`,
    ...(body ? [`  -H 'Content-Type: application/json'`, `  --data ${bodyOf(body)}`] : []),
  ]
  return lines.join(' \\\n')
}

function bodyOf(body: Record<string, unknown>): string {
  const mark = unusedIn(JSON.stringify(body))
  const text = JSON.stringify(body, (key, value: unknown) => (key === 'md5_key' && value !== '' ? mark : value))
  return shellQuoted(text).replaceAll(mark, `'"$BGP_MD5_KEY"'`)
}

/** A word that stands nowhere in this text. */
function unusedIn(text: string): string {
  let word = 'MD5_KEY'
  while (text.includes(word)) word += '_'
  return word
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
