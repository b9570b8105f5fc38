import {
  type Check,
  type CheckOutcome,
  type PermissionCheck,
  type PermissionState,
  permissionFacts,
  type SourceName,
  type TokenCheck,
  type TokenName,
} from '@tunnel-console/shared/connection'
import { formatNumber } from '../../lib/format.ts'
import type { Shape } from '../../ui/state-shape.tsx'
import type { Tone } from '../../ui/tone.ts'

interface Look {
  tone: Tone
  shape: Shape
  word: string
}

export const outcomeLooks: Readonly<Record<CheckOutcome, Look>> = {
  ok: { tone: 'up', shape: 'circle', word: 'Readable' },
  refused: { tone: 'down', shape: 'square-cross', word: 'Refused' },
  rejected: { tone: 'degraded', shape: 'triangle-alert', word: 'Rejected' },
  limited: { tone: 'degraded', shape: 'triangle-alert', word: 'Not now' },
  timeout: { tone: 'degraded', shape: 'triangle-alert', word: 'No answer' },
  unreachable: { tone: 'down', shape: 'square-cross', word: 'Not reached' },
  failed: { tone: 'degraded', shape: 'triangle-alert', word: 'Failed at Cloudflare' },
  unreadable: { tone: 'degraded', shape: 'triangle-alert', word: 'Unreadable answer' },
  untried: { tone: 'unknown', shape: 'dashed-ring', word: 'Not tried' },
}

/** What a dry run came to, which is not about reading. */
export function writeLook({ outcome, status }: Check): Look {
  if (outcome === 'ok') return { ...outcomeLooks.ok, word: 'Would be taken' }
  // It got as far as the content, so the token may.
  if (outcome === 'rejected' && status !== 404) return { ...outcomeLooks.ok, word: 'May write' }
  return outcomeLooks[outcome]
}

export const permissionLooks: Readonly<Record<PermissionState, Look>> = {
  present: { tone: 'up', shape: 'circle', word: 'Seems there' },
  partly: { tone: 'degraded', shape: 'triangle-alert', word: 'Not for all' },
  missing: { tone: 'down', shape: 'square-cross', word: 'Missing' },
  unknown: { tone: 'unknown', shape: 'dashed-ring', word: 'Not known' },
}

export function tokenLook({ state, outcome }: TokenCheck): Look {
  if (state === 'active') return { tone: 'up', shape: 'circle', word: 'Active' }
  if (state === 'expired') return { tone: 'down', shape: 'square-cross', word: 'Expired' }
  if (state === 'disabled') return { tone: 'down', shape: 'square-cross', word: 'Switched off' }
  return outcomeLooks[outcome]
}

export const sourceNames: Readonly<Record<SourceName | 'write', string>> = {
  tunnels: 'IPsec tunnels',
  routes: 'Static routes',
  gre: 'GRE tunnels',
  interconnects: 'Network interconnects',
  leases: 'Leased addresses',
  analytics: 'Health analytics',
  account: 'Account name',
  write: 'Changes',
}

export const tokenNames: Readonly<Record<TokenName, string>> = { api: 'API token', read: 'Read token' }

/** The variable that holds it: a person who is to change a token looks for that. */
export const tokenVariables: Readonly<Record<TokenName, string>> = {
  api: 'CLOUDFLARE_API_TOKEN',
  read: 'CLOUDFLARE_READ_TOKEN',
}

/** "HTTP 200 · 63 entries · 41 ms", as much of it as there is. */
export function factsOf({ status, durationMs, outcome, count = null }: Check & { count?: number | null }): string {
  if (outcome === 'untried') return ''
  const entries = count === null ? [] : [`${formatNumber(count)} ${count === 1 ? 'entry' : 'entries'}`]
  return [status === null ? 'no HTTP answer' : `HTTP ${status}`, ...entries, `${formatNumber(durationMs)} ms`].join(
    ' · ',
  )
}

/** Where a token is changed in Cloudflare's dashboard, by whose it is. */
export function placeOf(token: Pick<TokenCheck, 'owner'> | undefined): string {
  const user = 'My Profile → API Tokens'
  const account = 'Manage Account → Account API Tokens'
  if (token?.owner === 'user') return user
  return token?.owner === 'account' ? account : `${user}, or ${account} for a token of the account`
}

/** The row of the dashboard's form: "Account → Magic WAN → Read". */
export function rowOf({ permission }: Pick<PermissionCheck, 'permission'>): string {
  const { group, level } = permissionFacts[permission]
  return `Account → ${group} → ${level}`
}
