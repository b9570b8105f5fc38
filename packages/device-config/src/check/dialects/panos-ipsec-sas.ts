import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { shortName } from '../lines.ts'
import { isNamed } from '../suites.ts'
import { panosElsewhere, panosEsp, panosMend } from './panos-words.ts'

/** `2  2  162.159.135.10  tunnel(gateway)  ESP/A256/SHA256  B5D09AB8 9FA69407 3600/Unlimited  3445`. */
const row =
  /^\S{1,40} {1,40}\d{1,9} {1,40}((?:\d{1,3}\.){3}\d{1,3}) {1,40}([^\s()]{1,100})(?:\([^\s()]{1,100}\))? {1,200}ESP\/(\S{0,40}) {0,4}(.*)$/

/** The IPsec SAs of PAN-OS: only tunnels that have one are listed. After public examples of PAN-OS 8 to 11. */
export const panosIpsecSas: Dialect = {
  title: 'Palo Alto PAN-OS, show vpn ipsec-sa',
  tested: 'public examples, not a device of ours',
  read: (lines) =>
    gathered(lines, { begins: begun, tells: () => ({}) }) ??
    (lines.some((line) => line.trim() === 'There is no IPSec SA found.') ? none : null),
  mend: panosMend,
  elsewhere: panosElsewhere,
}

const none = {
  connections: [{ ...noFacts('no tunnel'), child: { word: 'There is no IPSec SA', isUp: false } }],
  sessions: [],
}

function begun(text: string): Facts | null {
  const [, peer, name = '', algorithms = '', rest = ''] = row.exec(text) ?? []
  if (peer === undefined) return null
  const suite = panosEsp(algorithms.split('/'))
  return {
    ...noFacts(shortName(name)),
    child: { word: 'has an SA', isUp: true },
    peers: [peer],
    esp: isNamed(suite) ? [suite] : [],
    childLifetime: lifetimeOf(rest),
  }
}

/** Older ones show what is left instead of the lifetime: only where what is left has a column of its own is it the lifetime. */
function lifetimeOf(rest: string): number | null {
  const seconds = /^[0-9A-F]{1,8} [0-9A-F]{1,8} (\d{1,7})\/\w{1,12} {1,40}\d{1,7}$/.exec(rest)?.[1]
  return seconds === undefined ? null : Number(seconds)
}
