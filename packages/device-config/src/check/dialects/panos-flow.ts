import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { addressPattern, shortName } from '../lines.ts'
import { suiteOf } from '../suites.ts'
import { panosElsewhere, panosEsp, panosMend } from './panos-words.ts'

/** `24  tunnel  active  up  203.0.113.1  162.159.135.10  tunnel.2`. */
const row =
  /^\d{1,9} {1,20}(\S{1,100}) {1,60}(active|init|inactive) {1,10}(?:up|down|off|on) {1,10}(?:\d{1,3}\.){3}\d{1,3} {1,40}((?:\d{1,3}\.){3}\d{1,3})\b/

/** The tunnels of PAN-OS as its data plane has them, one a line. After public examples. */
export const panosFlows: Dialect = {
  title: 'Palo Alto PAN-OS, show vpn flow',
  tested: 'public examples, not a device of ours',
  read: (lines) => gathered(lines, { begins: begunRow, tells: () => ({}) }),
  mend: panosMend,
  elsewhere: panosElsewhere,
}

function begunRow(text: string): Facts | null {
  const [, name, word = '', peer = ''] = row.exec(text) ?? []
  if (name === undefined) return null
  return { ...noFacts(shortName(name)), child: { word, isUp: word === 'active' }, peers: [peer] }
}

/** One tunnel of them with its proxy-id and whether it checks for replays. Written without an example at hand. */
export const panosFlow: Dialect = {
  title: 'Palo Alto PAN-OS, show vpn flow tunnel-id',
  tested: 'documentation, not a device of ours',
  read(lines) {
    const reading = gathered(lines, { begins: begun, tells: told })
    // "tunnel NAME" may begin a line of many other texts.
    const connections = (reading?.connections ?? []).filter(({ peers }) => peers.length > 0)
    return connections.length === 0 ? null : { connections, sessions: [] }
  },
  mend: panosMend,
  elsewhere: panosElsewhere,
}

function begun(text: string): Facts | null {
  const name = /^tunnel {1,10}(\S{1,100})$/.exec(text)?.[1]
  return name === undefined ? null : noFacts(shortName(name))
}

function told(text: string, { esp, selectors }: Facts): Partial<Facts> {
  const [, key, value = ''] = /^([a-z][a-z -]{3,30}?) {0,2}: {0,30}(\S{1,60})$/.exec(text) ?? []
  switch (key) {
    case 'peer ip':
      return addressPattern.test(value) ? { peers: [value] } : {}
    case 'state':
      return /^[a-z]{3,12}$/.test(value) ? { child: { word: value, isUp: value === 'active' } } : {}
    case 'enc  algorithm':
    case 'enc algorithm':
      return { esp: [{ ...(esp[0] ?? suiteOf([])), ciphers: panosEsp([value]).ciphers }] }
    case 'auth algorithm':
      return { esp: [{ ...(esp[0] ?? suiteOf([])), integrities: suiteOf([value]).integrities }] }
    case 'local ip':
    case 'remote ip':
      return proxyOf(key, value, selectors)
    case 'hard lifetime':
      return /^\d{1,7}$/.test(value) ? { childLifetime: Number(value) } : {}
    case 'anti replay check':
      return /^(?:yes|no)$/.test(value)
        ? { replay: { word: `anti replay check: ${value}`, isOn: value === 'yes' } }
        : {}
    default:
      return {}
  }
}

/** `local ip` stands twice: the outside address first, then with a prefix length in the proxy-id. */
function proxyOf(key: 'local ip' | 'remote ip', value: string, before: Facts['selectors']): Partial<Facts> {
  if (!value.includes('/') || !addressPattern.test(value)) return {}
  const { local, remote } = before ?? { local: [], remote: [] }
  return { selectors: key === 'local ip' ? { local: [value], remote } : { local, remote: [value] } }
}
