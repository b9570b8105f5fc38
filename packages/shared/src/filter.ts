import { affectsWord, affectsWords } from './affects.ts'
import { ageOf, isAge, type Range } from './filter-ages.ts'
import { createFilter, type Searchable } from './search.ts'
import { type TunnelState, type TunnelStatus, tunnelStates } from './status.ts'

/** What can be asked for as `key:value` in the filter box, in the order in which it is suggested. */
export const filterKeys = ['state', 'bgp', 'affects', 'site', 'since', 'changed', 'key', 'replay'] as const
export type FilterKey = (typeof filterKeys)[number]

/** The values of the keys that have a fixed set of them. */
export const filterValues = {
  state: tunnelStates,
  bgp: ['up', 'establishing', 'down', 'unknown', 'none'],
  affects: affectsWords,
  replay: ['on', 'off'],
} as const

/** One `key:value` of a filter, with the place of its text: `query.slice(start, end)`. */
export interface FilterTerm {
  key: FilterKey
  /** Written with a minus in front: what it describes is left out. */
  isNot: boolean
  /** As it was typed, without quotes. */
  value: string
  /** In quotes, a site is that very one; without them, every site that begins so. */
  isQuoted: boolean
  start: number
  end: number
  /** Still being typed: it filters nothing yet. */
  isOpen: boolean
  /** Why it can find nothing, in a sentence. */
  problem: string | null
}

export interface ParsedFilter {
  terms: FilterTerm[]
  /** The words around the terms: free text, as `createFilter` reads it. */
  text: string
}

/** What a filter looks at. Support sees no key: `psk_metadata` is not there. */
export interface Filterable extends Searchable {
  modified_on: string | null
  replay_protection: boolean
  psk_metadata?: { last_generated_on: string | null } | null
}

export interface FilterWorld {
  now: Date
  /** The site of a tunnel by its name: `siteNamer`. */
  siteOf: (name: string) => string
}

type FilterStatus = Pick<TunnelStatus, 'state' | 'bgp' | 'since' | 'affected'>

// A quote that is still open reaches to the end: somebody is typing.
const termPattern = /(?<=^|\s)(-?)([a-z]+):(?:"([^"]*)("|$)|(\S*))/giu

/**
 * Takes a filter apart: `-state:up bgp:down branch` is two terms and the text `branch`. A word with a colon that is no key,
 * such as an IPv6 address, is text. Never fails; what is wrong with a term is its `problem`.
 */
export function parseFilter(query: string): ParsedFilter {
  const terms: FilterTerm[] = []
  let text = ''
  let rest = 0
  for (const match of query.matchAll(termPattern)) {
    const [whole, minus, name = '', quoted, , bare = ''] = match
    const key = filterKeys.find((entry) => entry === name.toLowerCase())
    if (!key) continue
    const value = (quoted ?? bare).trim()
    const end = match.index + whole.length
    const judged = judge(key, value)
    terms.push({ key, isNot: minus === '-', value, isQuoted: quoted !== undefined, start: match.index, end, ...judged })
    text += query.slice(rest, match.index)
    rest = end
  }
  return { terms, text: (text + query.slice(rest)).trim() }
}

type Judged = Pick<FilterTerm, 'isOpen' | 'problem'>

const fine: Judged = { isOpen: false, problem: null }
const open: Judged = { isOpen: true, problem: null }

function judge(key: FilterKey, value: string): Judged {
  if (value === '') return open
  if (key === 'site') return fine
  if (key === 'since' || key === 'changed') return judgeAge(key, value)
  if (key === 'key') return value.toLowerCase() === 'missing' ? fine : judgeAge(key, value, 'or “missing”')
  const wrong = valuesOf(value).find((part) => startsOf(key, part).length === 0)
  if (wrong === undefined) return fine
  return { isOpen: false, problem: `“${wrong}” is no value of “${key}”. Use ${filterValues[key].join(', ')}.` }
}

function judgeAge(key: FilterKey, value: string, more = ''): Judged {
  if (ageOf(value)) return fine
  if (isAge(value) || 'missing'.startsWith(value.toLowerCase())) return open
  return {
    isOpen: false,
    problem: `“${value}” is no age. Use such as “${key}:<24h” or “${key}:>30d”${more && ` ${more}`}.`,
  }
}

const valuesOf = (value: string): string[] => value.toLowerCase().split(',').filter(Boolean)

/** The values that begin so; one that is spelled out is only itself. */
function startsOf(key: keyof typeof filterValues, part: string): readonly string[] {
  const all: readonly string[] = filterValues[key]
  return all.includes(part) ? [part] : all.filter((value) => value.startsWith(part))
}

/**
 * A test for a parsed filter: every term and every word of the text must hold. Values with commas are alternatives, the
 * beginning of a value stands for all that begin so, and what has a problem finds nothing, so that a slip of the pen never
 * shows more than was asked for. Terms are made ready once, for ten thousand rows at every key.
 */
export function createTunnelFilter({ terms, text }: ParsedFilter, world: FilterWorld) {
  const matchers = terms.filter(({ isOpen }) => !isOpen).map((term) => termMatcher(term, world))
  const hasWords = text === '' ? null : createFilter(text)
  return (tunnel: Filterable, status: FilterStatus): boolean =>
    matchers.every((matches) => matches(tunnel, status)) && (hasWords?.(tunnel, status.state) ?? true)
}

type Matcher = (tunnel: Filterable, status: FilterStatus) => boolean

function termMatcher(term: FilterTerm, world: FilterWorld): Matcher {
  if (term.problem !== null) return () => false
  const matches = plainMatcher(term, world)
  return term.isNot ? (tunnel, status) => !matches(tunnel, status) : matches
}

function plainMatcher(term: FilterTerm, { now, siteOf }: FilterWorld): Matcher {
  const { key, value } = term
  const isAged = (range: Range | null) => (at: string | null | undefined) => {
    const age = now.getTime() - Date.parse(at ?? '')
    return range !== null && !Number.isNaN(age) && (range.isOlder ? age > range.ms : age < range.ms)
  }
  if (key === 'site') return siteMatcher(term, siteOf)
  if (key === 'changed' || key === 'since') {
    const fits = isAged(ageOf(value))
    return key === 'changed' ? ({ modified_on }) => fits(modified_on) : (_, { since }) => fits(since)
  }
  if (key === 'key') {
    const fits = isAged(ageOf(value))
    return value.toLowerCase() === 'missing'
      ? ({ psk_metadata }) => psk_metadata?.last_generated_on === null
      : ({ psk_metadata }) => fits(psk_metadata?.last_generated_on)
  }
  const wanted = new Set(valuesOf(value).flatMap((part) => startsOf(key, part)))
  return (tunnel, status) => wanted.has(wordOf[key](tunnel, status))
}

const wordOf: Record<keyof typeof filterValues, (tunnel: Filterable, status: FilterStatus) => string> = {
  state: (_, { state }): TunnelState => state,
  bgp: (_, { bgp }) => bgp?.state ?? 'none',
  affects: (_, { affected }) => affectsWord(affected),
  replay: ({ replay_protection }) => (replay_protection ? 'on' : 'off'),
}

function siteMatcher({ value, isQuoted }: FilterTerm, siteOf: (name: string) => string): Matcher {
  const wanted = value.toLowerCase()
  return ({ name }) => {
    const site = siteOf(name).toLowerCase()
    return isQuoted ? site === wanted : site.startsWith(wanted)
  }
}

/** How a term is written: `-state:up`, `site:"new york"`. */
export function termText({
  key,
  isNot,
  value,
  isQuoted,
}: Pick<FilterTerm, 'key' | 'isNot' | 'value' | 'isQuoted'>): string {
  return `${isNot ? '-' : ''}${key}:${isQuoted ? `"${value.replaceAll('"', '')}"` : value}`
}

/** The query with a term of it in other words, or without it where `text` is empty. */
export function withTerm(query: string, { start, end }: FilterTerm, text: string): string {
  const before = query.slice(0, start)
  const after = query.slice(end)
  return text === '' ? `${before}${after.trimStart()}`.trimEnd() : `${before}${text}${after}`
}
