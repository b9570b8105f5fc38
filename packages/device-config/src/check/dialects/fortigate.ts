import { type BgpFacts, type Dialect, type Facts, noFacts } from '../facts.ts'
import { addressPattern, identityPattern, shortName } from '../lines.ts'
import { type Suite, suiteOf } from '../suites.ts'
import { type Entry, entriesOf, fortigateSelectors } from './fortigate-entries.ts'
import { fortigateElsewhere, fortigateMend } from './fortigate-words.ts'

/** The configuration of a FortiGate. `psksecret` and passwords are among the values and never asked for. */
export const fortigate: Dialect = {
  title: 'FortiGate, show full-configuration or show vpn ipsec',
  tested: 'the files that this console writes and public examples, not a device of ours',
  read(lines) {
    const entries = entriesOf(lines)
    const phases = entries.filter(({ section, name }) => section === 'vpn ipsec phase1-interface' && name !== '')
    if (phases.length === 0) return null
    const device = deviceOf(entries)
    return { connections: phases.map((phase) => factsOf(phase, device)), sessions: sessionsOf(entries) }
  },
  mend: fortigateMend,
  elsewhere: fortigateElsewhere,
}

/** What belongs to a phase 1 by its name: the interface is called the same, its phases 2 name it. */
interface Device {
  interfaces: ReadonlyMap<string, Entry>
  children: ReadonlyMap<string, readonly Entry[]>
}

/** Cloudflare takes about 100 child SAs for a tunnel. What is more is a text pasted again and again. */
const mostChildren = 100

function deviceOf(entries: readonly Entry[]): Device {
  const interfaces = entries.filter(({ section }) => section === 'system interface')
  const children = new Map<string, Entry[]>()
  for (const entry of entries) {
    if (entry.section !== 'vpn ipsec phase2-interface') continue
    const phase1 = entry.values.get('phase1name') ?? ''
    const known = children.get(phase1)
    if (known && known.length < mostChildren) known.push(entry)
    else if (!known) children.set(phase1, [entry])
  }
  return { interfaces: new Map(interfaces.map((entry) => [entry.name, entry])), children }
}

function factsOf(phase: Entry, device: Device): Facts {
  const { name, values } = phase
  const children = device.children.get(name) ?? []
  const settings = device.interfaces.get(name)?.values
  const address = settings?.get('ip')?.split(' ')[0]
  const peerId = values.get('peertype') === 'one' ? values.get('peerid') : undefined
  return {
    ...noFacts(shortName(name)),
    version: versionOf(phase),
    peers: [values.get('remote-gw') ?? ''].filter((one) => addressPattern.test(one)),
    localIds: [values.get('localid') ?? ''].filter((one) => identityPattern.test(one)),
    remoteIds: [peerId ?? ''].filter((one) => identityPattern.test(one)),
    ike: suites(values),
    ikeLifetime: numberOf(values.get('keylife')),
    ...(children[0] && childFacts(children[0])),
    selectors: fortigateSelectors(children),
    inside: address !== undefined && addressPattern.test(address) ? address : null,
    mss: numberOf(settings?.get('tcp-mss')),
  }
}

/** Where nothing is set the software decides: IKEv1 in every FortiOS 7 that we know of. */
function versionOf({ values, isWhole }: Entry): Facts['version'] {
  const version = values.get('ike-version')
  if (version !== undefined && /^[12]$/.test(version)) return { word: `IKEv${version}`, isTwo: version === '2' }
  return isWhole ? { word: 'ike-version not set: IKEv1 by default in FortiOS 7', isTwo: null } : null
}

/** `replay` is on unless it is disabled, and nothing negotiates by itself unless it shall. */
function childFacts({ values, isWhole }: Entry): Partial<Facts> {
  const replay = values.get('replay')
  const begins = values.get('auto-negotiate')
  const [isOff, isBeginning] = [replay === 'disable', begins === 'enable']
  return {
    esp: suites(values),
    childLifetime: numberOf(values.get('keylifeseconds')),
    replay:
      replay !== undefined || isWhole
        ? { word: isOff ? 'set replay disable' : 'replay not disabled, so on', isOn: !isOff }
        : null,
    begins:
      begins !== undefined || isWhole
        ? { word: isBeginning ? 'set auto-negotiate enable' : 'auto-negotiate not enabled', isOn: isBeginning }
        : null,
  }
}

const numberOf = (text: string | undefined) => (text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : null)

/** Each word of `proposal` is one proposal, and each number of `dhgrp` is offered with it. */
function suites(values: ReadonlyMap<string, string>): Suite[] {
  const listed = (values.get('dhgrp') ?? '').split(' ').filter((one) => /^\d{1,2}$/.test(one))
  const groups = values.get('pfs') === 'disable' ? ['no-pfs'] : listed.map((one) => `group${one}`)
  const proposals = (values.get('proposal') ?? '').split(' ').slice(0, 20)
  return proposals.map((one) => suiteOf([...one.split('-'), ...groups])).filter(({ ciphers }) => ciphers.length > 0)
}

function sessionsOf(entries: readonly Entry[]): BgpFacts[] {
  const own = entries.find(({ section, values }) => section === 'router bgp' && values.has('as'))?.values.get('as')
  return entries.flatMap(({ section, name, values }): BgpFacts[] => {
    if (section !== 'router bgp neighbor' || !addressPattern.test(name)) return []
    const remote = values.get('remote-as') ?? ''
    const number = (text: string) => (/^\d{1,10}$/.test(text) ? text : null)
    return [{ neighbour: name, localAsn: number(own ?? ''), remoteAsn: number(remote), state: null }]
  })
}
