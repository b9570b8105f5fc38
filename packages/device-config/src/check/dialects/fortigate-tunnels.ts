import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { shortName } from '../lines.ts'
import { networkOfMask, networkOfRange } from '../networks.ts'
import { suiteOf } from '../suites.ts'
import { fortigateElsewhere, fortigateMend } from './fortigate-words.ts'

const ip = '((?:\\d{1,3}\\.){3}\\d{1,3})'
const head = new RegExp(
  `^name=(\\S{1,100})(?: ver=(\\d))?(?: serial=\\S{1,20})? (?:\\d{1,3}\\.){3}\\d{1,3}:\\d{1,5}->${ip}:\\d{1,5}\\b`,
)
const selector = new RegExp(`^(src|dst): (?:\\d{1,3}:)?${ip}(?:-${ip}|/${ip}|/(\\d{1,2})):\\d{1,5}$`)

/**
 * The IPsec tunnels of a FortiGate: each with its phase 2 selectors (`proxyid=`) and their SAs. After each algorithm stands its
 * key: only the length before it is taken, which tells AES-128 from AES-256. After public examples of FortiOS 5.6 to 7.6.
 */
export const fortigateTunnels: Dialect = {
  title: 'FortiGate, diagnose vpn tunnel list',
  tested: 'public examples, not a device of ours',
  read: (lines) => gathered(lines, { begins: begun, tells: told }),
  mend: fortigateMend,
  elsewhere: fortigateElsewhere,
}

function begun(text: string): Facts | null {
  const [, name, version, peer = ''] = head.exec(text) ?? []
  if (name === undefined) return null
  return {
    ...noFacts(shortName(name)),
    version: version === undefined ? null : { word: `IKEv${version}`, isTwo: version === '2' },
    peers: [peer],
  }
}

function told(text: string, before: Facts): Partial<Facts> {
  const count = /^proxyid=\S{1,100} .{0,40}?\bsa=(\d{1,3})\b/.exec(text)?.[1]
  if (count !== undefined) return childOf(Number(count), before)
  const carried = selector.exec(text)
  if (carried) return selectorsOf(carried, before)
  const window = /^SA: .{0,200}?\breplaywin=(\d{1,6})\b/.exec(text)?.[1]
  if (window !== undefined) return { replay: { word: `replaywin=${window}`, isOn: Number(window) > 0 } }
  const lifetime = /^life: ?type=\d{1,3} .{0,60}?\btimeout=\d{1,9}\/(\d{1,9})$/.exec(text)?.[1]
  if (lifetime !== undefined) return { childLifetime: Number(lifetime) }
  return algorithmOf(text, before)
}

/** Each selector may have SAs of its own: with one the tunnel carries something. */
function childOf(count: number, { child }: Facts): Partial<Facts> {
  if (child?.isUp) return {}
  return { child: { word: count === 0 ? 'no SA (sa=0)' : `sa=${count}`, isUp: count > 0 } }
}

function selectorsOf(carried: RegExpExecArray, { selectors }: Facts): Partial<Facts> {
  const [, end, first = '', last, mask, prefixLength] = carried
  const network = last
    ? networkOfRange(first, last)
    : mask
      ? networkOfMask(first, mask)
      : `${first}/${prefixLength ?? 32}`
  const { local, remote } = selectors ?? { local: [], remote: [] }
  const more = (list: readonly string[]) => (list.includes(network) ? list : [...list, network].slice(-20))
  return { selectors: end === 'src' ? { local: more(local), remote } : { local, remote: more(remote) } }
}

/** `dec: spi=… esp=aes-gcm key=36 …`, and on the line after it `ah=null key=0`. The key of GCM holds 4 bytes of salt. */
function algorithmOf(text: string, { esp }: Facts): Partial<Facts> {
  const [, cipher, length = ''] = /^(?:dec|enc): ?spi=[0-9a-f]{1,8} esp=([\w-]{2,30}) key=(\d{1,3})\b/.exec(text) ?? []
  if (cipher !== undefined) {
    const bits = cipher === 'aes-gcm' ? (Number(length) - 4) * 8 : Number(length) * 8
    return { esp: [suiteOf([cipher === 'aes' || cipher === 'aes-gcm' ? `${cipher}-${bits}` : cipher])] }
  }
  const hash = /^ah=(\w{2,12}) key=\d{1,3}\b/.exec(text)?.[1]
  const [suite] = esp
  return hash === undefined || !suite ? {} : { esp: [{ ...suite, integrities: suiteOf([hash]).integrities }] }
}
