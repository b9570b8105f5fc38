import type { AddressSource, CheckedSource } from '@tunnel-console/shared/addresses'
import { count } from '../../../lib/format.ts'

/** Leases say where Cloudflare's own addresses are, not what is taken inside. */
const nouns: Partial<Record<AddressSource, [one: string, many: string]>> = {
  ipsec: ['IPsec tunnel', 'IPsec tunnels'],
  gre: ['GRE tunnel', 'GRE tunnels'],
  interconnects: ['interconnect', 'interconnects'],
  routes: ['static route', 'static routes'],
}

/**
 * What an address was checked against, and what it could not be.
 *
 *     'Checked against 44 IPsec tunnels and 12 static routes. GRE tunnels were not readable.'
 */
export function checkedWords(checked: readonly CheckedSource[]): string {
  const known = checked.flatMap((source) => {
    const words = nouns[source.source]
    return words ? [{ ...source, words }] : []
  })
  const read = known.filter(({ readable }) => readable).map(({ count: number, words }) => count(number, ...words))
  const unread = known.filter(({ readable }) => !readable).map(({ words: [, many] }) => many)
  const told = read.length > 0 ? `Checked against ${listed(read)}.` : 'Checked against nothing.'
  return unread.length > 0 ? `${told} ${capital(listed(unread))} were not readable.` : told
}

const listed = (words: readonly string[]) => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words)
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
