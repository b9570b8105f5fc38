import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { shortName } from '../lines.ts'
import { fortigateElsewhere, fortigateMend } from './fortigate-words.ts'

const row =
  /^'([^']{1,100})' {1,4}(?:((?:\d{1,3}\.){3}\d{1,3}):\d{1,5} {1,4})?selectors ?\(total,up\): ?(\d{1,6})\/(\d{1,6})\b/

/** One line for each tunnel: how many of its phase 2 selectors are up. After public examples; older ones name no peer. */
export const fortigateSummary: Dialect = {
  title: 'FortiGate, get vpn ipsec tunnel summary',
  tested: 'public examples, not a device of ours',
  read: (lines) => gathered(lines, { begins: begun, tells: () => ({}) }),
  mend: fortigateMend,
  elsewhere: fortigateElsewhere,
}

function begun(text: string): Facts | null {
  const [, name, peer, total = '', up = ''] = row.exec(text) ?? []
  if (name === undefined) return null
  return {
    ...noFacts(shortName(name)),
    peers: peer === undefined ? [] : [peer],
    child: { word: `${up} of ${total} selectors up`, isUp: Number(up) > 0 },
  }
}
