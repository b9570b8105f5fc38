import { csvLine } from './csv.ts'
import { fieldList } from './fields.ts'
import type { StatusPeriod, TunnelHistoryAnswer, TunnelStatusAnswer } from './status-answers.ts'
import { type BundleFacts, changesText, mostEntries, supportBundle, valueIn } from './support-bundle.ts'
import { isWholeTunnel, type VisibleTunnel } from './visible.ts'

/** A file of a bundle: its name and its text. */
export type BundleFile = readonly [name: string, text: string]

/**
 * The support bundle as files, for a machine as well as for a person: `bundle.md` as `supportBundle` writes it,
 * `configuration.json`, `status.json` with the data centres and the past, and `changes.csv`. What could not be read, or may
 * not be, has no file, and `bundle.md` says so. Every value is named here or in `fields`, and no field that is a secret is,
 * so that no key can be in it. Times are in UTC, ISO 8601.
 */
export function bundleFiles(facts: BundleFacts): BundleFile[] {
  const { tunnel, standing, entries } = facts
  return [
    ['bundle.md', `${supportBundle(facts)}\n`],
    ['configuration.json', json(configurationOf(tunnel))],
    ...(standing ? [['status.json', json(statusOf(standing, facts.pasts))] as const] : []),
    ...(entries ? [['changes.csv', changesOf(entries)] as const] : []),
  ]
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Cloudflare's names by their dot path, as its API reference and Terraform have them. */
function configurationOf(tunnel: VisibleTunnel) {
  const fields = fieldList
    .filter(({ control }) => control !== 'secret')
    .map(({ path }) => [path, path === 'bgp.enabled' ? tunnel.bgp !== null : (valueIn(tunnel, path) ?? null)] as const)
  const { id, created_on, modified_on } = tunnel
  return {
    id,
    ...Object.fromEntries(fields),
    ...(isWholeTunnel(tunnel) && {
      'remote_identities.fqdn_id': tunnel.remote_identities?.fqdn_id ?? null,
      'remote_identities.hex_id': tunnel.remote_identities?.hex_id ?? null,
      'remote_identities.user_id': tunnel.remote_identities?.user_id ?? null,
      pre_shared_key_made: moment(tunnel.psk_metadata?.last_generated_on),
    }),
    created_on: moment(created_on),
    modified_on: moment(modified_on),
  }
}

function statusOf({ status, dataCentres, cause, fetchedAt }: TunnelStatusAnswer, pasts: BundleFacts['pasts']) {
  const { state, reason, since, isSinceExact, affected, health, bgp, was, planned } = status
  return {
    read_at: moment(fetchedAt),
    state,
    reason,
    since: moment(since),
    since_is_exact: isSinceExact,
    traffic_affected: affected && { share: affected.share, data_centres: affected.dataCentres },
    health_checks: health && { share_that_passes: health.score, at: moment(health.at) },
    bgp: bgp && { state: bgp.state, word: bgp.word, at: moment(bgp.updatedAt) },
    known_last: was && { state: was.state, at: moment(was.at) },
    planned_work: planned && { until: moment(planned.until), text: planned.text, by: planned.by },
    likely_cause: cause && { text: cause.text, until: moment(cause.until), because: cause.because },
    data_centres: dataCentres.map(({ code, city, country, isActive, state, score, share }) => ({
      code,
      city,
      country,
      had_traffic_in_6_hours: isActive,
      state,
      share_of_checks_that_pass: score,
      share_of_traffic: share,
    })),
    history: pasts.flatMap(({ history }) => (history ? [pastOf(history)] : [])),
  }
}

const pastOf = ({ from, to, uptime, coverage, periods }: TunnelHistoryAnswer) => ({
  from: moment(from),
  to: moment(to),
  uptime_of_measured_time: uptime,
  share_of_time_measured: coverage,
  periods: periods.map(periodOf),
})

const periodOf = ({ state, reason, from, to }: StatusPeriod) => ({ state, reason, from: moment(from), to: moment(to) })

function changesOf(entries: NonNullable<BundleFacts['entries']>): string {
  const head = csvLine(['at_utc', 'who', 'what', 'dry_run', 'outcome', 'fields', 'ray_id'])
  const lines = entries
    .slice(0, mostEntries)
    .map(({ at, actor, action, validateOnly, outcome, changes, ray }) =>
      csvLine([moment(at), actor.email, action, validateOnly, outcome, changesText(changes), ray ?? null]),
    )
  return [head, ...lines].join('')
}

/** In UTC, whatever zone it was told in; what is no moment stays as it is. */
function moment(text: string | null | undefined): string | null {
  if (!text) return null
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? text : at.toISOString()
}
