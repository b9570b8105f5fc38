import { type BgpFacts, type Dialect, type Facts, noFacts, type Reading } from '../facts.ts'
import { identityPattern, shortName } from '../lines.ts'
import { isNamed, type Suite, suiteOf } from '../suites.ts'
import { transformWords } from './ios-sas.ts'
import { iosMend } from './ios-words.ts'

/** A command that opens a block, and the indented ones below it. */
interface Block {
  head: string
  body: readonly string[]
}

/** The configuration of Cisco IOS XE: tunnel interfaces with what they lead to. Lines with keys are never looked at. */
export const iosConfig: Dialect = {
  title: 'Cisco IOS XE, show running-config',
  tested: 'the files that this console writes, not a device of ours',
  read(lines) {
    const config = configOf(lines)
    const connections = connectionsOf(config)
    const sessions = sessionsOf(config)
    const isCisco = config.blocks.some(({ head }) => /^crypto (?:ikev2|ipsec) |^interface Tunnel\d/i.test(head))
    return isCisco && connections.length + sessions.length > 0 ? { connections, sessions } : null
  },
  mend: iosMend,
  elsewhere: {
    session: 'show crypto ikev2 sa detailed',
    child: 'show crypto ipsec sa',
    'bgp-state': 'show ip bgp summary',
  },
}

/** The blocks in order, and their bodies by the command that opens them. */
interface Config {
  blocks: readonly Block[]
  bodies: ReadonlyMap<string, readonly string[]>
  ike: readonly Suite[]
  /** What follows the name of each transform set. */
  transforms: ReadonlyMap<string, string>
}

function configOf(lines: readonly string[]): Config {
  const blocks: { head: string; body: string[] }[] = []
  for (const line of lines) {
    if (/^\S/.test(line) && !line.startsWith('!')) blocks.push({ head: line, body: [] })
    else if (line.trim() !== '') blocks.at(-1)?.body.push(line.trim())
  }
  const transforms = blocks.flatMap(({ head }) => {
    const [, name = '', words = ''] = /^crypto ipsec transform-set (\S{1,100}) (.*)$/.exec(head) ?? []
    return name === '' ? [] : [[name, words] as const]
  })
  return {
    blocks,
    bodies: new Map(blocks.map(({ head, body }) => [head, body])),
    ike: suitesOfIke(blocks),
    transforms: new Map(transforms),
  }
}

/** What a pattern finds first in the lines of a block. */
function first(body: readonly string[] | null, pattern: RegExp): string | null {
  for (const line of body ?? []) {
    const found = pattern.exec(line)?.[1]
    if (found !== undefined) return found
  }
  return null
}

function connectionsOf(config: Config): Facts[] {
  const tunnels = config.blocks.filter(
    ({ head, body }) =>
      /^interface Tunnel\d/i.test(head) && body.some((line) => line.startsWith('tunnel protection ipsec')),
  )
  return tunnels.map(({ head, body }) => {
    const name = first(body, /^tunnel protection ipsec profile (\S{1,100})/)
    const profile = config.bodies.get(`crypto ipsec profile ${name}`) ?? null
    const identity =
      config.bodies.get(`crypto ikev2 profile ${first(profile, /^set ikev2-profile (\S{1,100})/)}`) ?? null
    const destination = first(body, /^tunnel destination ((?:\d{1,3}\.){3}\d{1,3})$/)
    return {
      ...noFacts(shortName(head.replace(/^interface /i, ''))),
      peers: destination === null ? [] : [destination],
      ...identitiesOf(identity),
      version: identity && { word: 'IKEv2', isTwo: true },
      ike: config.ike,
      ikeLifetime: numberOf(first(identity, /^lifetime (\d{1,7})$/)),
      childLifetime: numberOf(first(profile, /^set security-association lifetime seconds (\d{1,7})$/)),
      esp: suitesOfEsp(config, profile),
      inside: first(body, /^ip address ((?:\d{1,3}\.){3}\d{1,3}) /),
      mss: numberOf(first(body, /^ip tcp adjust-mss (\d{1,5})$/)),
      replay: profile && replayOf(config, profile),
      begins: profile?.includes('responder-only') ? { word: 'responder-only', isOn: false } : null,
    }
  })
}

function identitiesOf(body: readonly string[] | null): Pick<Facts, 'localIds' | 'remoteIds'> {
  const local = first(body, /^identity local (?:fqdn|email|address|key-id) (\S{1,255})$/)
  const remote = first(body, /^match identity remote (?:address|fqdn|key-id) (\S{1,255})/)
  const listed = (id: string | null) => (id !== null && identityPattern.test(id) ? [id] : [])
  return { localIds: listed(local), remoteIds: listed(remote) }
}

/** Each cipher may be followed by others: all of them are offered. */
function suitesOfIke(blocks: readonly Block[]): Suite[] {
  const proposals = blocks.filter(({ head }) => /^crypto ikev2 proposal /.test(head))
  return proposals
    .map(({ body }) => {
      const words = body.flatMap((line) => {
        const [what = '', ...values] = line.split(/\s+/)
        if (what === 'prf') return values.map((value) => `prf-${value}`)
        if (what === 'group') return values.map((value) => `group${value}`)
        return what === 'encryption' || what === 'integrity' ? values : []
      })
      return suiteOf(words)
    })
    .filter(isNamed)
}

function suitesOfEsp({ transforms }: Config, profile: readonly string[] | null): Suite[] {
  const names = (first(profile, /^set transform-set (.{1,200})$/) ?? '').split(/\s+/)
  const group = first(profile, /^set pfs (group\d{1,2})$/)
  return names.flatMap((name) => {
    const words = transforms.get(name)
    return words === undefined ? [] : [suiteOf([...transformWords(words), ...(group ? [group] : [])])].filter(isNamed)
  })
}

/** On, with a window of 64, unless the profile or the whole device says otherwise. */
function replayOf({ bodies }: Config, profile: readonly string[]): Facts['replay'] {
  const line = 'security-association replay disable'
  if (profile.includes(`set ${line}`)) return { word: `set ${line}`, isOn: false }
  if (bodies.has(`crypto ipsec ${line}`)) return { word: `crypto ipsec ${line}`, isOn: false }
  return { word: 'not disabled in the ipsec profile, so on', isOn: true }
}

function sessionsOf({ blocks }: Config): Reading['sessions'] {
  return blocks.flatMap(({ head, body }): BgpFacts[] => {
    const localAsn = /^router bgp (\d{1,10})$/.exec(head)?.[1]
    if (localAsn === undefined) return []
    return body.flatMap((line) => {
      const [, neighbour, remoteAsn] = /^neighbor ((?:\d{1,3}\.){3}\d{1,3}) remote-as (\d{1,10})$/.exec(line) ?? []
      return neighbour && remoteAsn ? [{ neighbour, localAsn, remoteAsn, state: null }] : []
    })
  })
}

const numberOf = (text: string | null) => (text === null ? null : Number(text))
