import type { AddressSource, CheckedSource } from '@tunnel-console/shared/addresses'
import { count } from '../../lib/format.ts'

const nouns: Record<AddressSource, [one: string, many: string]> = {
  ipsec: ['IPsec tunnel', 'IPsec tunnels'],
  gre: ['GRE tunnel', 'GRE tunnels'],
  interconnects: ['interconnect', 'interconnects'],
  routes: ['static route', 'static routes'],
  leases: ['lease', 'leases'],
}

/** What the map was checked against, and what could not be read. Leases say nothing of inside addresses. */
export function CheckedNote({ checked }: { checked: readonly CheckedSource[] }) {
  const sources = checked.filter(({ source }) => source !== 'leases')
  const read = sources.filter(({ readable }) => readable)
  const unread = sources.filter(({ readable }) => !readable)
  return (
    <p className="text-13 text-fg-3">
      Checked against {listed(read.map((one) => count(one.count, ...nouns[one.source])))}.
      {unread.length > 0 && (
        <strong className="font-medium text-degraded-fg">
          {' '}
          Not readable with this token, so not checked: {listed(unread.map(({ source }) => nouns[source][1]))}.
        </strong>
      )}
    </p>
  )
}

const listed = (words: readonly string[]) => new Intl.ListFormat('en-GB').format(words)
