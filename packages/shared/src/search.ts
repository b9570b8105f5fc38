import { cidrsOverlap, parseCidr, parseIpv4 } from './ip.ts'
import { type TunnelState, tunnelStates } from './status.ts'

export interface Searchable {
  id: string
  name: string
  description: string
  cloudflare_endpoint: string
  customer_endpoint: string
  interface_address: string
  interface_address6: string
  bgp?: { customer_asn: number | null } | null
}

/**
 * A test for the words of a filter box: every word must be found in the name, description, id, an address or the ASN (`64512`
 * or `AS64512`). A whole IPv4 address also finds the tunnel whose inside subnet contains it: `10.252.2.21` finds 10.252.2.20/31.
 * A prefix finds what lies in it, and the word of a state the tunnels that are in it. The state is the caller's to tell;
 * without one, such a word is text.
 */
export function createFilter(query: string): (tunnel: Searchable, state?: TunnelState) => boolean {
  const matchers = wordsOf(query).map(matcherOf)
  return (tunnel, state) => matchers.every((matches) => matches(tunnel, state))
}

type Matcher = (tunnel: Searchable, state: TunnelState | undefined) => boolean

/** Pasted text brings blanks that nobody sees: zero-width ones count as blanks here, as U+00A0 does for `\s`. */
function wordsOf(query: string): string[] {
  const joined = query.toLowerCase().replace(/\b(needs|not)\s+(key|monitored)\b/g, '$1-$2')
  return joined.split(/[\s\u200b-\u200f\u2060]+/).filter(Boolean)
}

/**
 * The words of a query whose every word is only looked for as text; `null` where one means a state or an address. What such words find, words
 * that hold them find some of.
 */
export function plainWordsOf(query: string): string[] | null {
  const words = wordsOf(query)
  return words.every((word) => !stateOf(word) && parseIpv4(hostOf(word)) === null && !parseCidr(word)) ? words : null
}

const stateOf = (word: string): TunnelState | undefined => tunnelStates.find((name) => name === word)

/** "10.252.0.32/" is a prefix that is still being typed. */
const hostOf = (word: string) => word.replace(/\/$/, '')

function matcherOf(word: string): Matcher {
  const state = stateOf(word)
  if (state) return (tunnel, current) => (current === undefined ? hasText(tunnel, word) : isIn(tunnel, state, current))
  const host = hostOf(word)
  if (parseIpv4(host) !== null) return (tunnel) => liesIn(tunnel, `${host}/32`) || mentions(tunnel, host)
  if (parseCidr(word)) return (tunnel) => liesIn(tunnel, word) || hasText(tunnel, word)
  return (tunnel) => hasText(tunnel, word)
}

/** A word of a name may be the word of a state: `up` finds "link-up" too, and never "backup". */
function isIn(tunnel: Searchable, state: TunnelState, current: TunnelState): boolean {
  return current === state || (hasText(tunnel, state) && wholeWords(tunnel).includes(state))
}

const wholeWords = ({ name, description }: Searchable) => `${name} ${description}`.toLowerCase().split(/[^\p{L}\d]+/u)

function liesIn(tunnel: Searchable, prefix: string): boolean {
  return (
    cidrsOverlap(prefix, `${tunnel.cloudflare_endpoint}/32`) ||
    cidrsOverlap(prefix, `${tunnel.customer_endpoint}/32`) ||
    cidrsOverlap(prefix, tunnel.interface_address)
  )
}

/** Whether the name or the note speaks of this address, and not of a longer one that begins like it. */
function mentions({ name, description }: Searchable, address: string): boolean {
  return `${name} ${description}`.split(/[^\d.]+|\.(?!\d)/).includes(address)
}

const hasText = (tunnel: Searchable, word: string) => haystackOf(tunnel).includes(word)

/** Made once for each tunnel as it was read: ten thousand of them are searched at every key. */
const haystacks = new WeakMap<Searchable, string>()

function haystackOf(tunnel: Searchable): string {
  const known = haystacks.get(tunnel)
  if (known !== undefined) return known
  const parts = [
    tunnel.name,
    tunnel.description,
    tunnel.id,
    tunnel.cloudflare_endpoint,
    tunnel.customer_endpoint,
    tunnel.interface_address,
    tunnel.interface_address6,
    tunnel.bgp?.customer_asn ? `as${tunnel.bgp.customer_asn}` : '',
  ]
  const haystack = parts.join('\n').toLowerCase()
  haystacks.set(tunnel, haystack)
  return haystack
}
