import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { shortName } from '../lines.ts'
import { isNamed } from '../suites.ts'
import { panosElsewhere, panosIke, panosMend } from './panos-words.ts'

/** `17  162.159.135.10  gateway  Init 67  PSK/DH20/A256/SHA256  …  Established`; IKEv1 has a mode instead of the number. */
const row =
  /^(\S{1,40}) {1,40}((?:\d{1,3}\.){3}\d{1,3}) {1,40}(\S{1,80}) {1,90}(?:Init|Resp) (\d{1,9}|Main|Aggr\w{0,8})\b(.*)$/
/** `gateway  24  tunnel  1  1  Init CBF7DC1D 5D1568FD 00000001 Mature`. */
const childRow =
  /^(\S{1,80}) {1,90}\d{1,9} {1,20}\S{1,100} {1,100}\d{1,9} {1,20}\d{1,9} {1,20}(?:Init|Resp) [0-9A-F]{1,8} [0-9A-F]{1,8} [0-9A-F]{1,8} (\w{2,20})$/
const algorithm = /(?:^|\s)\w{2,8}\/ {0,4}(DH\d{1,2})\/ {0,4}(\w[\w-]{0,14}) {0,6}\/ {0,4}(\w[\w-]{0,14})?/

/** The IKE sessions of PAN-OS, with the child SAs below them. After public examples of PAN-OS 8 to 11. */
export const panosIkeSas: Dialect = {
  title: 'Palo Alto PAN-OS, show vpn ike-sa',
  tested: 'public examples, not a device of ours',
  read(lines) {
    const connections = new Map<string, Facts>()
    for (const line of lines) {
      const text = line.trim()
      const begun = sessionOf(text)
      // While keys are changed there are two for a moment: the one that is established counts.
      if (begun && !connections.get(begun.name)?.session?.isUp) connections.set(begun.name, begun)
      const child = childOf(text)
      const owner = connections.get(child?.name ?? '')
      if (owner && child && !owner.child?.isUp) connections.set(owner.name, { ...owner, child: child.state })
    }
    if (connections.size > 0) return { connections: [...connections.values()], sessions: [] }
    return lines.some((line) => line.trim() === 'There is no IKEv2 SA found.') ? none : null
  },
  mend: panosMend,
  elsewhere: panosElsewhere,
}

/** It answers for all gateways, or for the one that was asked for. */
const none = {
  connections: [{ ...noFacts('no gateway'), session: { word: 'There is no IKEv2 SA', isUp: false } }],
  sessions: [],
}

function sessionOf(text: string): Facts | null {
  const [, , peer = '', name, kind = '', rest = ''] = row.exec(text) ?? []
  if (name === undefined) return null
  const isTwo = /^\d/.test(kind)
  const suite = panosIke((algorithm.exec(rest) ?? []).slice(1).filter((word) => word !== undefined))
  return {
    ...noFacts(shortName(name)),
    session: isTwo ? stateOf(rest) : null,
    version: { word: isTwo ? 'IKEv2' : 'IKEv1', isTwo },
    peers: [peer],
    ike: isNamed(suite) ? [suite] : [],
  }
}

/** The last word of a row, where the row is whole: it may be cut at the width of a terminal. */
function stateOf(rest: string): Facts['session'] {
  const word = / {1,10}\d{1,4} {1,10}\d{1,4} {1,10}([A-Z][A-Za-z-]{2,20})$/.exec(rest)?.[1]
  return word === undefined ? null : { word, isUp: word === 'Established' }
}

function childOf(text: string): { name: string; state: NonNullable<Facts['child']> } | null {
  const [, name, word = ''] = childRow.exec(text) ?? []
  return name === undefined ? null : { name: shortName(name), state: { word, isUp: word === 'Mature' } }
}
