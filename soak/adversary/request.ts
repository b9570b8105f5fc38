import type { IncomingMessage } from 'node:http'
import type { RequestKind } from './ledger.ts'
import { isObject, type Json } from './tunnel.ts'

/** What a request is, by its method and path. */
export interface Target {
  kind: RequestKind
  tunnelId: string | null
  isDryRun: boolean
}

const id = '([0-9a-f]{32})'
const routes: readonly [method: string, path: RegExp, kind: RequestKind][] = [
  ['GET', /^$/, 'account'],
  ['GET', /^\/magic\/routes$/, 'routes'],
  ['GET', /^\/magic\/ipsec_tunnels$/, 'list'],
  ['POST', /^\/magic\/ipsec_tunnels$/, 'create'],
  ['GET', new RegExp(`^/magic/ipsec_tunnels/${id}$`), 'get'],
  ['PUT', new RegExp(`^/magic/ipsec_tunnels/${id}$`), 'update'],
  ['DELETE', new RegExp(`^/magic/ipsec_tunnels/${id}$`), 'delete'],
  ['POST', new RegExp(`^/magic/ipsec_tunnels/${id}/psk_generate$`), 'psk'],
]

export function targetOf(base: string, accountId: string, method: string, address: string): Target {
  const url = new URL(address, 'http://stand-in')
  const isDryRun = url.searchParams.get('validate_only') === 'true'
  if (method === 'POST' && url.pathname === `${base}/graphql`) return { kind: 'graphql', tunnelId: null, isDryRun }
  const account = `${base}/accounts/${accountId}`
  const rest = url.pathname.startsWith(account) ? url.pathname.slice(account.length) : null
  for (const [verb, path, kind] of rest === null ? [] : routes) {
    const match = verb === method ? path.exec(rest ?? '') : null
    if (match) return { kind, tunnelId: match[1] ?? null, isDryRun }
  }
  return { kind: 'other', tunnelId: null, isDryRun }
}

/** The whole body, or `null` when its sender went away before its end. */
export function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('close', () => resolve(null))
    request.on('error', () => resolve(null))
  })
}

export function parseJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
