import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { identityPattern, shortName } from '../lines.ts'
import { networkOfMask } from '../networks.ts'
import { suiteOf } from '../suites.ts'
import { iosMend } from './ios-words.ts'

const ip = '((?:\\d{1,3}\\.){3}\\d{1,3})'
const session = new RegExp(`^(\\d{1,9})\\s+${ip}/\\d+\\s+${ip}/\\d+\\s+\\S+\\s+([A-Z][\\w-]*)`)
const suite = /^Encr: ([\w-]+)(?:, keysize: (\d+))?, (?:PRF: (\w+), )?Hash: ([\w-]+)(?:, DH Grp:\s?(\d+))?/
const named = /^(Local|Remote) id:\s+(\S{1,255})/

/** The command lists no other. */
const ikev2 = { word: 'IKEv2', isTwo: true }

/** The IKE sessions of Cisco IOS XE. */
export const iosSas: Dialect = {
  title: 'Cisco IOS XE, show crypto ikev2 sa detailed',
  tested: 'documentation, not a device of ours',
  read: (lines) => gathered(lines, { begins: begun, tells: told }),
  mend: iosMend,
  elsewhere: {
    child: 'show crypto ipsec sa',
    esp: 'show crypto ipsec sa',
    selectors: 'show crypto ipsec sa',
    replay: 'show crypto ipsec sa: replay detection support',
    inside: 'show running-config interface TunnelN',
    mss: 'show running-config interface TunnelN',
    begins: 'show running-config',
    'bgp-state': 'show ip bgp summary',
  },
}

function begun(text: string): Facts | null {
  const [, number, , peer = '', word = ''] = session.exec(text) ?? []
  if (number === undefined) return null
  const state = { word: shortName(word), isUp: word === 'READY' }
  return { ...noFacts(`Tunnel-id ${number}`), session: state, version: ikev2, peers: [peer] }
}

function told(text: string): Partial<Facts> {
  const algorithms = suite.exec(text)
  if (algorithms) {
    const [, cipher = '', bits, prf, hash = '', group] = algorithms
    const words = [bits ? `${cipher}-${bits}` : cipher, prf ? `prf-${prf}` : '', hash, group ? `group${group}` : '']
    return { ike: [suiteOf(words)] }
  }
  const lifetime = /^Life\/Active Time: (\d{1,7})\/\d{1,9} sec/.exec(text)?.[1]
  if (lifetime !== undefined) return { ikeLifetime: Number(lifetime) }
  const [, end, id = ''] = named.exec(text) ?? []
  if (end === undefined || !identityPattern.test(id)) return {}
  return end === 'Local' ? { localIds: [id] } : { remoteIds: [id] }
}

const ident = /^(local|remote)\s+ident \(addr\/mask\/prot\/port\): \(([\d.]+)\/([\d.]+)\/\d+\/\d+\)/

/** The child SAs of Cisco IOS XE. */
export const iosChildSas: Dialect = {
  title: 'Cisco IOS XE, show crypto ipsec sa',
  tested: 'documentation, not a device of ours',
  read: (lines) => gathered(lines, { begins: begunChild, tells: toldOfChild }),
  mend: iosMend,
  elsewhere: iosSas.elsewhere,
}

function begunChild(text: string, count: number): Facts | null {
  if (ident.exec(text)?.[1] !== 'local') return null
  const fresh = noFacts(`SA ${count}`)
  return { ...fresh, ...toldOfChild(text, fresh) }
}

function toldOfChild(text: string, last: Facts): Partial<Facts> {
  const carried = ident.exec(text)
  if (carried) {
    const [, end, address = '', mask = ''] = carried
    const found = [networkOfMask(address, mask)]
    const { local, remote } = last.selectors ?? { local: [], remote: [] }
    return { selectors: end === 'local' ? { local: found, remote } : { local, remote: found } }
  }
  const peer = /^current_peer ((?:\d{1,3}\.){3}\d{1,3})/.exec(text)?.[1]
  if (peer !== undefined) return { peers: [peer] }
  const transform = /^transform: ([\w -]{1,80})/.exec(text)?.[1]
  if (transform !== undefined) return { esp: [suiteOf(transformWords(transform))] }
  const replay = /^replay detection support: ([YN])/.exec(text)?.[1]
  if (replay !== undefined) return { replay: { word: `replay detection ${replay}`, isOn: replay === 'Y' } }
  const state = /^Status: ([A-Z]+)/.exec(text)?.[1]
  return state === undefined ? {} : { child: { word: state, isUp: state === 'ACTIVE' } }
}

/** `esp-gcm 256` and `esp-256-aes esp-sha256-hmac` as words of `suiteOf`. */
export function transformWords(text: string): string[] {
  const joined = text.trim().replace(/esp-(gcm|aes) (128|192|256)/g, 'esp-$1-$2')
  return joined.split(/\s+/).map((word) => word.replace(/^esp-(128|192|256)-aes$/, 'esp-aes-$1'))
}
