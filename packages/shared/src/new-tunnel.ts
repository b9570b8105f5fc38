import { blankDraft, type TunnelDraft } from './draft.ts'
import { cidrContains } from './ip.ts'
import { siteOf } from './site.ts'
import { asNew } from './versions.ts'

/** What a name may end with where a site has several tunnels: a mark, and a letter or a digit. */
const ending = /([-_.])([a-z]|\d)$/i

const letters = 'abcdefghijklmnopqrstuvwxyz'

/**
 * The next free name of a site, by the pattern of the names that are there: `paris` gives `paris-a`, with `paris-a` in use
 * `paris-b`. The mark and the kind of ending are those of the site, or else those that most names have. `null` where nothing
 * is to be said: an empty name, or when every ending is taken.
 */
export function nextName(name: string, names: readonly string[]): string | null {
  const trimmed = name.trim()
  if (trimmed === '') return null
  const site = siteOf(trimmed)
  const taken = new Set(names.map((other) => other.toLowerCase()))
  const { mark, isDigit } = patternOf(names.filter((other) => siteOf(other) === site)) ?? patternOf(names) ?? usual
  const ends = isDigit ? Array.from({ length: 9 }, (_, index) => `${index + 1}`) : [...letters]
  const free = ends.find((end) => !taken.has(`${site}${mark}${end}`.toLowerCase()))
  return free === undefined ? null : `${site}${mark}${free}`
}

const usual = { mark: '-', isDigit: false }

/** The mark and the kind of ending that most of these names have, `null` when none has one. */
function patternOf(names: readonly string[]): { mark: string; isDigit: boolean } | null {
  const uses = new Map<string, number>()
  for (const name of names) {
    const [, mark, end] = ending.exec(name) ?? []
    if (mark === undefined || end === undefined) continue
    const key = `${mark}${/\d/.test(end) ? '1' : 'a'}`
    uses.set(key, (uses.get(key) ?? 0) + 1)
  }
  const most = [...uses].toSorted(([, a], [, b]) => b - a)[0]?.[0]
  return most === undefined ? null : { mark: most.slice(0, 1), isDigit: most.endsWith('1') }
}

/** What a new tunnel is called beside this name: nothing when the name fits the pattern already and is free. */
export function suggestedName(name: string, names: readonly string[]): string | null {
  const trimmed = name.trim()
  const isFree = !names.some((other) => other.toLowerCase() === trimmed.toLowerCase())
  if (isFree && (ending.test(trimmed) || patternOf(names) === null)) return null
  return nextName(trimmed, names)
}

/** Two names of a site as an example of how names look here, `null` where no site has two. */
export function namePattern(names: readonly string[]): string | null {
  const sites = new Map<string, string[]>()
  for (const name of names) {
    if (!ending.test(name)) continue
    sites.set(siteOf(name), [...(sites.get(siteOf(name)) ?? []), name])
  }
  const pair = [...sites.values()].find((list) => list.length > 1)
  return pair ? `${pair[0]}, ${pair[1]}` : null
}

/** What a new tunnel is made beside. */
export interface Beside {
  /** The names of the account's tunnels. */
  names: readonly string[]
  /** Cloudflare's addresses in use, the most used first. */
  endpoints: readonly string[]
}

/**
 * A tunnel like another one, for another device: what belongs to one tunnel alone (name, addresses of the device and inside,
 * identity, MD5 key) is empty.
 */
export function cloneOf(tunnel: TunnelDraft): TunnelDraft {
  return {
    ...alike(tunnel),
    name: '',
    customer_endpoint: '',
    custom_remote_identities: blankDraft.custom_remote_identities,
  }
}

/**
 * The second tunnel of a site: the same device over another of Cloudflare's addresses, named with the next letter. The custom
 * identity stays where the addresses differ, since two tunnels may share one then (Cloudflare's OpenAPI).
 */
export function secondTunnelOf(tunnel: TunnelDraft, { names, endpoints }: Beside): TunnelDraft {
  const other = endpoints.find((address) => address !== tunnel.cloudflare_endpoint) ?? ''
  return {
    ...alike(tunnel),
    name: nextName(tunnel.name, names) ?? '',
    cloudflare_endpoint: other,
    custom_remote_identities:
      other === '' ? blankDraft.custom_remote_identities : { ...tunnel.custom_remote_identities },
  }
}

/** Without inside addresses, and without a health target that was one of them. */
function alike(tunnel: TunnelDraft): TunnelDraft {
  const { target } = tunnel.health_check
  const isInside = cidrContains(tunnel.interface_address, target.saved)
  return {
    ...asNew(tunnel),
    interface_address: '',
    interface_address6: '',
    health_check: { ...tunnel.health_check, target: { saved: isInside ? '' : target.saved } },
  }
}
