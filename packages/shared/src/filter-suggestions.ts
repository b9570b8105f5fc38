import { type FilterKey, filterKeys, filterValues } from './filter.ts'
import { stateWords } from './status.ts'

/** One way to go on with a filter that is being typed. */
export interface Suggestion {
  /** What the word at the cursor becomes. */
  text: string
  /** What that finds, in a few plain words. */
  hint: string
  /** A filter that works as it stands; otherwise a key whose value comes next. */
  isWhole: boolean
}

/** What a key asks for. */
const keyHints: Record<FilterKey, string> = {
  state: 'Up, down, degraded …',
  bgp: 'State of the BGP session',
  affects: 'Whether its traffic is hurt',
  site: 'All tunnels of a site',
  since: 'How long the state has lasted',
  changed: 'When the configuration was changed',
  key: 'Age of the pre-shared key',
  replay: 'Replay protection',
}

const ages: Record<'since' | 'changed' | 'key', readonly [value: string, hint: string][]> = {
  since: [
    ['<1h', 'Less than an hour'],
    ['<24h', 'Less than a day'],
    ['>7d', 'More than a week'],
  ],
  changed: [
    ['<1h', 'Within the last hour'],
    ['<24h', 'Within the last day'],
    ['<7d', 'Within the last week'],
    ['>365d', 'Not for a year'],
  ],
  key: [
    ['>365d', 'Older than a year'],
    ['>730d', 'Older than two years'],
    ['<30d', 'Made within 30 days'],
    ['missing', 'No key was ever made'],
  ],
}

const hints: Partial<Record<FilterKey, (value: string) => string>> = {
  state: (value) => stateWords[filterValues.state.find((state) => state === value) ?? 'unknown'],
  bgp: (value) => (value === 'none' ? 'BGP is not used' : `BGP is ${value}`),
  affects: (value) =>
    value === 'unknown' ? 'It cannot be told' : value === 'yes' ? 'Traffic is hurt' : 'No traffic is hurt',
  replay: (value) => `Replay protection is ${value}`,
}

/** What the account holds, and what the person may ask for. */
export interface Suggestible {
  sites: readonly string[]
  canSeeKeys: boolean
}

const mostSites = 8

/** The word at a place of a text, and where it stands. In quotes it may hold blanks. */
export function wordAt(query: string, caret: number): { word: string; start: number; end: number } {
  const before = query.slice(0, caret)
  const start = caret - (/(?:-?[a-z]+:"[^"]*|\S*)$/i.exec(before)?.[0].length ?? 0)
  const end = caret + (/^\S*/.exec(query.slice(caret))?.[0].length ?? 0)
  return { word: query.slice(start, end), start, end }
}

/** Ways to go on with a word. None for what is no beginning of a filter: plain text is not interrupted. */
export function suggestionsFor(word: string, known: Suggestible): Suggestion[] {
  const minus = word.startsWith('-') ? '-' : ''
  const [name = '', ...rest] = word.slice(minus.length).split(':')
  const keys = filterKeys.filter((key) => key !== 'key' || known.canSeeKeys)
  if (rest.length === 0) {
    if (name === '') return []
    return keysIn(keys, name.toLowerCase(), minus)
  }
  const key = keys.find((entry) => entry === name.toLowerCase())
  return key ? valuesFor(key, rest.join(':'), `${minus}${key}:`, known) : []
}

/** Every key, for somebody who asks what there is. */
export const allKeys = ({ canSeeKeys }: Suggestible): Suggestion[] =>
  keysIn(
    filterKeys.filter((key) => key !== 'key' || canSeeKeys),
    '',
    '',
  )

const keysIn = (keys: readonly FilterKey[], start: string, minus: string): Suggestion[] =>
  keys
    .filter((key) => key.startsWith(start))
    .map((key) => ({ text: `${minus}${key}:`, hint: keyHints[key], isWhole: false }))

function valuesFor(key: FilterKey, typed: string, lead: string, { sites }: Suggestible): Suggestion[] {
  if (key === 'site') {
    const start = typed.replace(/^"|"$/g, '').toLowerCase()
    return sites
      .filter((site) => site.toLowerCase().startsWith(start) && typed !== `"${site}"`)
      .slice(0, mostSites)
      .map((site) => ({ text: `${lead}"${site}"`, hint: `Site ${site}`, isWhole: true }))
  }
  if (key === 'since' || key === 'changed' || key === 'key') {
    return ages[key]
      .filter(([value]) => value.startsWith(typed.toLowerCase()) && value !== typed)
      .map(([value, hint]) => ({ text: lead + value, hint, isWhole: true }))
  }
  // "state:down,d": the last of several values is the one that is being typed.
  const parts = typed.toLowerCase().split(',')
  const last = parts.pop() ?? ''
  const before = parts.map((part) => `${part},`).join('')
  const values: readonly string[] = filterValues[key]
  return values
    .filter((value) => value.startsWith(last) && value !== last && !parts.includes(value))
    .map((value) => ({ text: lead + before + value, hint: hints[key]?.(value) ?? value, isWhole: true }))
}
