import type { StaticRoute } from './api.ts'
import type { AuditEntry } from './audit.ts'
import { visibleText } from './csv.ts'
import { maskChanges } from './diff.ts'
import type { FieldValue } from './field.ts'
import { fieldList } from './fields.ts'
import { markdownText } from './markdown-text.ts'
import { stateWords, type TunnelStatus } from './status.ts'
import type { Cause, TunnelHistoryAnswer, TunnelStatusAnswer } from './status-answers.ts'
import { isWholeTunnel, type VisibleTunnel } from './visible.ts'
import { valueWords } from './words.ts'

/** What a bundle is made of. `null`: it could not be read, or the person may not read it, which the bundle then says. */
export interface BundleFacts {
  account: { id: string; name: string }
  tunnel: VisibleTunnel
  standing: TunnelStatusAnswer | null
  /** Each with the words for its time, such as "Last 24 hours". */
  pasts: readonly { words: string; history: TunnelHistoryAnswer | null }[]
  routes: readonly StaticRoute[] | null
  entries: readonly AuditEntry[] | null
  /** When it was made. UTC, ISO 8601. */
  at: string
}

/** So many changes, the newest. */
export const mostEntries = 20

/**
 * Everything that Cloudflare's support asks for about one tunnel, as Markdown: for a ticket, or for a colleague. Every value
 * in it is named here or in `fields`, and no field that is a secret is, so that no key can be in it. Times are in UTC.
 */
export function supportBundle(facts: BundleFacts): string {
  const { tunnel, at } = facts
  return [
    `# Support bundle: ${markdownText(tunnel.name || tunnel.id)}`,
    `Made ${utc(at)} by Tunnel Console. All times are in UTC. No key is in it, neither the pre-shared key nor the MD5 key.`,
    ...section('What Cloudflare’s support asks for', asked(facts)),
    ...section('State', stateOf(facts.standing)),
    ...section('Data centres', dataCentres(facts.standing)),
    ...facts.pasts.flatMap(({ words, history }) => section(words, periods(history))),
    ...section('Configuration', configuration(tunnel)),
    ...section('Static routes through it', routes(facts.routes)),
    ...section(`Last ${mostEntries} changes`, changes(facts.entries)),
  ].join('\n\n')
}

const section = (title: string, body: string) => [`## ${title}`, body]

const unread = 'Could not be read.'
const unseen = 'Not included: the person who made this may not read it.'

function asked({ account, tunnel, standing, entries }: BundleFacts): string {
  const rays = (entries ?? []).flatMap(({ ray, at, action }) => (ray ? [`${ray} (${action}, ${utc(at)})`] : []))
  const rows: [string, string][] = [
    ['Account', account.name === account.id ? account.id : `${account.name}, ${account.id}`],
    ['Account id', account.id],
    ['Tunnel id', tunnel.id],
    ['Tunnel name', tunnel.name],
    ['Cloudflare endpoint', tunnel.cloudflare_endpoint],
    ['Customer endpoint', tunnel.customer_endpoint],
    ['Time of the problem', standing ? sinceWords(standing.status) : ''],
    ['Data centres that are not up', troubled(standing)],
    ['Ray IDs of answers to changes', rays.slice(0, 5).join(', ')],
  ]
  const target = tunnel.cloudflare_endpoint || 'the Cloudflare endpoint'
  return [
    table(['', ''], rows),
    [
      'Add to the ticket what only you can see:',
      '- what does not work, from where to where, and since when (UTC)',
      `- from the device at the site: \`traceroute -n ${visibleText(target).replaceAll('`', '')}\` (Windows: \`tracert -d\`)`,
      '- from behind the site: a traceroute to an address beyond the tunnel, while it fails',
      '- the log of the device’s IKE daemon around that time, without keys',
    ].join('\n'),
  ].join('\n\n')
}

function stateOf(standing: TunnelStatusAnswer | null): string {
  if (!standing) return unread
  const { status, cause } = standing
  const { affected, planned, was, bgp } = status
  const rows: [string, string][] = [
    ['State', `${stateWords[status.state]}: ${status.reason}`],
    ['Since', sinceWords(status)],
    ['Known last', was ? `${stateWords[was.state]}, ${utc(was.at)}` : ''],
    ['Traffic affected', affected ? shareWords(affected.share, affected.dataCentres) : ''],
    ['BGP', bgp ? `${bgp.word}${bgp.updatedAt ? `, ${utc(bgp.updatedAt)}` : ''}` : 'not used'],
    ['Planned work', planned ? `until ${utc(planned.until)}: ${planned.text} (${planned.by})` : ''],
    ['Likely cause', cause ? causeWords(cause) : ''],
    ['Read at', utc(standing.fetchedAt)],
  ]
  return table(['', ''], rows)
}

const causeWords = ({ text, until, because }: Cause) =>
  [text, ...(until ? [`until ${utc(until)}`] : []), ...because].join(' · ')

function dataCentres(standing: TunnelStatusAnswer | null): string {
  if (!standing) return unread
  if (standing.dataCentres.length === 0) return 'None are known.'
  const rows = standing.dataCentres.map(({ code, city, country, isActive, state, score, share }) => [
    `${code} ${city}, ${country}`,
    state,
    percent(score),
    share === null ? '' : percent(share),
    isActive ? 'yes' : 'no',
  ])
  return table(['Data centre', 'State', 'Checks pass', 'Share of traffic', 'Traffic in 6 hours'], rows)
}

function periods(history: TunnelHistoryAnswer | null): string {
  if (!history) return unread
  const { uptime, coverage } = history
  const measured = `${percent(coverage)} of the time was measured`
  const words =
    uptime === null
      ? 'Nothing was measured.'
      : `Up, degraded or recovering ${percent(uptime, 2)} of what was measured; ${measured}.`
  const rows = history.periods
    .toReversed()
    .map(({ state, from, to, reason }) => [stateWords[state], utc(from), to === null ? 'goes on' : utc(to), reason])
  return [words, table(['State', 'From', 'Until', 'Why'], rows)].join('\n\n')
}

function configuration(tunnel: VisibleTunnel): string {
  const rows = fieldList
    .filter(({ control }) => control !== 'secret')
    .flatMap(({ path, label }): [string, string][] => {
      const value = path === 'bgp.enabled' ? tunnel.bgp !== null : valueIn(tunnel, path)
      return value === undefined ? [] : [[`${label} (${path})`, valueWords(path, value)]]
    })
  const times: [string, string][] = [
    ['Created', tunnel.created_on ? utc(tunnel.created_on) : ''],
    ['Modified', tunnel.modified_on ? utc(tunnel.modified_on) : ''],
  ]
  return table(['Field', 'Value'], [...rows, ...identities(tunnel), ...times])
}

/** IKE identities and the date of the key, for those who see the whole tunnel. */
function identities(tunnel: VisibleTunnel): [string, string][] {
  if (!isWholeTunnel(tunnel)) return [['IKE identities', unseen]]
  const made = tunnel.psk_metadata?.last_generated_on
  return [
    ['IKE identity: FQDN', tunnel.remote_identities?.fqdn_id ?? ''],
    ['IKE identity: hex', tunnel.remote_identities?.hex_id ?? ''],
    ['IKE identity: user', tunnel.remote_identities?.user_id ?? ''],
    ['Pre-shared key made', made ? utc(made) : tunnel.psk_metadata ? 'there is no key' : 'not known'],
  ]
}

function routes(known: BundleFacts['routes']): string {
  if (!known) return unseen
  if (known.length === 0) return 'None.'
  const rows = known.map(({ prefix, nexthop, priority, weight, description }) => [
    prefix,
    nexthop,
    String(priority ?? ''),
    String(weight ?? ''),
    description,
  ])
  return table(['Prefix', 'Next hop', 'Priority', 'Weight', 'Description'], rows)
}

function changes(entries: BundleFacts['entries']): string {
  if (!entries) return unseen
  if (entries.length === 0) return 'None are known.'
  const rows = entries
    .slice(0, mostEntries)
    .map(({ at, actor, action, outcome, validateOnly, changes: fields, ray }) => [
      utc(at),
      actor.email,
      validateOnly ? `${action} (dry run)` : action,
      outcome,
      changesText(fields),
      ray ?? '',
    ])
  return table(['When', 'Who', 'What', 'Outcome', 'Fields', 'Ray ID'], rows)
}

/** "Health check rate: Low → Medium; MD5 key: set → set". */
export function changesText(changes: AuditEntry['changes']): string {
  return maskChanges(changes)
    .map(({ path, label, before, after }) => `${label}: ${valueWords(path, before)} → ${valueWords(path, after)}`)
    .join('; ')
}

/** A value by its dot path; `undefined` where the tunnel shows none. */
export function valueIn(tunnel: VisibleTunnel, path: string): FieldValue | undefined {
  const found = path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      tunnel,
    )
  if (Array.isArray(found)) return found.map(String)
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : undefined
}

function troubled(standing: TunnelStatusAnswer | null): string {
  const bad = standing?.dataCentres.filter(({ state }) => state !== 'up') ?? []
  return bad.map(({ code, state }) => `${code} ${state}`).join(', ')
}

function sinceWords({ state, since, isSinceExact }: TunnelStatus): string {
  if (since === null) return `${stateWords[state]}, not known since when`
  return `${stateWords[state]} since ${isSinceExact ? '' : 'at least '}${utc(since)}`
}

function shareWords(share: number | null, centres: number): string {
  const where = centres === 1 ? '1 data centre' : `${centres} data centres`
  return share === null ? where : `${percent(share)} by way of ${where}`
}

/** `2026-11-28 12:00:00Z`; what is no moment stays as it is. */
function utc(moment: string): string {
  const at = new Date(moment)
  return Number.isNaN(at.getTime()) ? moment : `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`
}

function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)}%`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const body = rows.map((cells) => line(cells.map((cell) => (cell === '' ? '–' : markdownText(cell)))))
  return [line(head), line(head.map(() => '---')), ...body].join('\n')
}
