import type { Observations } from './observations.ts'
import type { DataCentreHealth } from './status-answers.ts'

export const percent = (share: number) => `${Math.round(share * 100)}%`

export const scoreWords = ({ score }: Observations) =>
  score === null ? 'No health check has told anything' : `Health checks pass ${percent(score)}`

const bgpStates = {
  up: 'BGP is up',
  down: 'BGP is down',
  establishing: 'BGP is being established',
  unknown: 'The state of BGP is not known',
} as const
export const bgpWords = ({ bgp }: Observations) => (bgp === null ? 'BGP is not used on this tunnel' : bgpStates[bgp])

export function everywhereWords(seen: Observations): string {
  const active = seen.dataCentres.filter(({ isActive }) => isActive).length
  if (active > 1) return `Checks fail in all ${active} data centres that carried your traffic`
  if (active === 1) return 'Checks fail in the one data centre that carried your traffic'
  return seen.dataCentres.length > 1 ? `Checks fail in all ${seen.dataCentres.length} data centres` : scoreWords(seen)
}

/** The first five by name, and how many more there are. */
export function centresWords(centres: readonly DataCentreHealth[]): string {
  const names = centres.slice(0, 5).map(({ code, city }) => (city ? `${city} (${code})` : code))
  const more = centres.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

/** Which of some data centres are up and which are not, and what that leaves out. */
export const splitWords = (centres: readonly DataCentreHealth[]): string[] => [
  `Not up: ${centresWords(centres.filter(({ state }) => state !== 'up'))}`,
  `Up: ${centresWords(centres.filter(({ state }) => state === 'up'))}`,
  'Key and configuration are the same for all of them',
]

/** What is lost in data centres that are not up. Those that are down are named alone: the others matter less. */
export function lossWords(hurt: readonly DataCentreHealth[]): string {
  const down = hurt.filter(({ state }) => state === 'down')
  return down.length > 0 ? `Checks from ${centresWords(down)} fail.` : `Some checks from ${centresWords(hurt)} fail.`
}

/** Whom to ask about the way between a site and the data centres that do not reach it. */
export function providerWords({ ends }: Observations, hurt: readonly DataCentreHealth[]): string {
  const where = hurt.length === 1 ? 'that data centre' : 'those data centres'
  return `Ask the site’s provider about the way from ${ends.customer || 'the site'} to ${where}, and for loss on it.`
}

export const minutesWords = ({ change }: Observations) =>
  change && change.minutesBefore > 0 ? `${change.minutesBefore} min` : 'less than a minute'

const deeds: ReadonlyMap<string, string> = new Map([
  ['tunnel.create', 'the tunnel was created'],
  ['psk.generate', 'a new key was generated'],
  ['psk.set', 'a key was set'],
  ['tunnel.changedOutside', 'it was changed outside this console'],
])

/** "it was changed (Health check type) by ada@example.com". */
export function changeWords({ change }: Observations): string {
  if (!change) return ''
  const { action, by, summary } = change.mark
  const what = `${deeds.get(action) ?? 'it was changed'}${summary ? ` (${summary})` : ''}`
  return by && action !== 'tunnel.changedOutside' ? `${what} by ${by}` : what
}
