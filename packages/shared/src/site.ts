import type { StatusAnswer } from './api.ts'
import { usualEnding } from './site-ending.ts'

/** Names are short, and so is what is sought in them. */
const longestEnding = 100

/** What is wrong with a pattern for the ends of names, or `null`. */
export function endingProblem(pattern: string): string | null {
  if (pattern.length > longestEnding) return `Use at most ${longestEnding} characters`
  try {
    new RegExp(pattern, 'iu')
    return null
  } catch {
    return 'This is no regular expression'
  }
}

/**
 * The site of a tunnel: its name without the end that tells the tunnels of a site apart. A name that has no such end, or is
 * nothing else, is its own site. A pattern that is wrong counts as the usual one.
 */
export function siteOf(name: string, ending: string = usualEnding): string {
  return siteNamer(ending)(name)
}

/** `siteOf` for many names: the pattern is read once, and what it made of a name is kept. */
export function siteNamer(ending: string = usualEnding): (name: string) => string {
  const pattern = ending === '' || endingProblem(ending) !== null ? usualEnding : ending
  const end = new RegExp(pattern, 'iu')
  const known = new Map<string, string>()
  return (name) => {
    let site = known.get(name)
    if (site === undefined) {
      site = name.replace(end, '') || name
      known.set(name, site)
    }
    return site
  }
}

/** What is known of the other tunnels of a tunnel's site. Names, in the order of the list. */
export interface Mates {
  site: string
  healthy: string[]
  /** Nobody knows whether these carry traffic: no health check, no data, or data that is too old. */
  unknown: string[]
  unhealthy: string[]
  /** Whether the tunnel itself is healthy; `null` where nobody knows. */
  isHealthy: boolean | null
}

interface Named {
  id: string
  name: string
}

type Statuses = Pick<StatusAnswer, 'statuses'>['statuses']

/** The other tunnels of the site that a tunnel belongs to. Healthy is up, and nothing else; `null` statuses know nothing. */
export function matesOf(tunnel: Named, tunnels: readonly Named[], statuses: Statuses | null, ending?: string): Mates {
  const site = siteOf(tunnel.name, ending)
  const others = tunnels.filter(({ id, name }) => id !== tunnel.id && siteOf(name, ending) === site)
  const named = (wanted: boolean | null) =>
    others.filter(({ id }) => healthOf(statuses, id) === wanted).map(({ name }) => name)
  return {
    site,
    healthy: named(true),
    unknown: named(null),
    unhealthy: named(false),
    isHealthy: healthOf(statuses, tunnel.id),
  }
}

function healthOf(statuses: Statuses | null, id: string): boolean | null {
  const state = statuses?.[id]?.state
  if (state === undefined || state === 'unknown' || state === 'not-monitored') return null
  return state === 'up'
}

/** How a site stands without one of its tunnels, in words; `isLast` where nothing healthy is known to be left. */
export function matesWords({ site, healthy, unknown, isHealthy }: Mates): { text: string; isLast: boolean } {
  if (healthy.length > 0) {
    return { text: `Other healthy tunnels for this site: ${healthy.length} (${healthy.join(', ')})`, isLast: false }
  }
  const known = unknown.length > 0 ? `. The state of ${unknown.join(', ')} is not known` : ''
  if (isHealthy === false) return { text: `No tunnel for ${site} is known to be healthy${known}`, isLast: true }
  const verb = isHealthy === null || unknown.length > 0 ? 'may be' : 'is'
  return { text: `This ${verb} the last healthy tunnel for ${site}${known}`, isLast: true }
}

/** Sites that hang on the chosen tunnels: by name, in the order of the alphabet. */
export interface SitesAtStake {
  /** Their one healthy tunnel is among the chosen. */
  onlyOne: string[]
  /** They have several healthy tunnels, and all of those are among the chosen. */
  allChosen: string[]
}

/** Which sites would be without a healthy tunnel should the chosen ones fail. `null` where no state is known. */
export function sitesAtStake(
  chosen: ReadonlySet<string>,
  tunnels: readonly Named[],
  statuses: Statuses | null,
  ending?: string,
): SitesAtStake | null {
  if (statuses === null) return null
  const healthy = new Map<string, string[]>()
  for (const { id, name } of tunnels) {
    if (healthOf(statuses, id) !== true) continue
    const site = siteOf(name, ending)
    healthy.set(site, [...(healthy.get(site) ?? []), id])
  }
  const exposed = [...healthy].filter(([, ids]) => ids.every((id) => chosen.has(id)))
  const named = (isOne: boolean) =>
    exposed.flatMap(([site, ids]) => ((ids.length === 1) === isOne ? [site] : [])).sort()
  return { onlyOne: named(true), allChosen: named(false) }
}
