import { type BgpFacts, type Dialect, type Facts, noFacts } from '../facts.ts'
import { addressPattern, identityPattern, shortName } from '../lines.ts'
import { type Suite, suiteOf } from '../suites.ts'

/** What `set` said in one `edit` of a section. */
interface Entry {
  /** The words after `config`, of the sections around it too. */
  section: string
  name: string
  values: Map<string, string>
}

/** The configuration of a FortiGate. `psksecret` and passwords are among the values and never asked for. */
export const fortigate: Dialect = {
  title: 'FortiGate, show full-configuration or show vpn ipsec',
  read(lines) {
    const entries = entriesOf(lines)
    const phases = entries.filter(({ section, name }) => section === 'vpn ipsec phase1-interface' && name !== '')
    if (phases.length === 0) return null
    return { connections: phases.map((phase) => factsOf(phase, entries)), sessions: sessionsOf(entries) }
  },
  mend: {
    peer: (expected) => `phase1-interface: set remote-gw ${expected}`,
    'local-id': (expected) => `phase1-interface: set localid "${expected}"`,
    ike: () => 'phase1-interface: set proposal aes256gcm-prfsha256, set dhgrp 20',
    esp: () => 'phase2-interface: set proposal aes256gcm, set dhgrp 20',
    inside: (expected) => `config system interface: set ip ${expected} 255.255.255.255`,
    replay: () => 'phase2-interface: set replay disable',
    mss: () => 'config system interface: set tcp-mss 1360',
    begins: () => 'phase2-interface: set auto-negotiate enable',
    'bgp-neighbour': (expected) => `config router bgp, config neighbor: edit "${expected}"`,
    'bgp-local-asn': (expected) => `config router bgp: set as ${expected}`,
    'bgp-remote-asn': (expected) => `config router bgp, config neighbor: set remote-as ${expected}`,
  },
  elsewhere: {
    session: 'diagnose vpn ike gateway list',
    child: 'diagnose vpn tunnel list',
    'bgp-state': 'get router info bgp summary',
  },
}

/** Sections may stand in an entry of another; each `edit` is an entry, and what is set outside of one is an entry without a name. */
function entriesOf(lines: readonly string[]): Entry[] {
  const all: Entry[] = []
  const open: Entry[] = []
  const begin = (section: string, name: string) => {
    const entry = { section, name, values: new Map<string, string>() }
    all.push(entry)
    return entry
  }
  for (const line of lines) {
    const [, word = '', rest = ''] = /^\s*(config|edit|set|next|end)\b\s*(.*)$/.exec(line) ?? []
    const here = open.at(-1)
    if (word === 'config') open.push(begin(here ? `${here.section} ${rest}`.slice(0, 200) : rest, ''))
    else if (word === 'end') open.pop()
    else if (word === 'edit' && here) open[open.length - 1] = begin(here.section, unquoted(rest))
    else if (word === 'set' && here) {
      const [, key = '', value = ''] = /^([\w-]{1,60})\s+(.*)$/.exec(rest) ?? []
      here.values.set(key, unquoted(value))
    }
  }
  return all
}

const unquoted = (text: string) => text.trim().replace(/^"|"$/g, '')

function factsOf({ name, values }: Entry, entries: readonly Entry[]): Facts {
  const named = (section: string) => entries.find((entry) => entry.section === section && entry.name === name)?.values
  const child = entries.find(
    (entry) => entry.section === 'vpn ipsec phase2-interface' && entry.values.get('phase1name') === name,
  )?.values
  const device = named('system interface')
  const address = device?.get('ip')?.split(' ')[0]
  const mss = device?.get('tcp-mss')
  return {
    ...noFacts(shortName(name)),
    peers: [values.get('remote-gw') ?? ''].filter((one) => addressPattern.test(one)),
    localIds: [values.get('localid') ?? ''].filter((one) => identityPattern.test(one)),
    ike: suites(values),
    ...(child && childFacts(child)),
    inside: address !== undefined && addressPattern.test(address) ? address : null,
    mss: mss !== undefined && /^\d{1,5}$/.test(mss) ? Number(mss) : null,
  }
}

function childFacts(values: ReadonlyMap<string, string>): Partial<Facts> {
  const isOff = values.get('replay') === 'disable'
  const begins = values.get('auto-negotiate') === 'enable'
  return {
    esp: suites(values),
    replay: { word: isOff ? 'set replay disable' : 'replay not disabled, so on', isOn: !isOff },
    begins: { word: begins ? 'set auto-negotiate enable' : 'auto-negotiate not enabled', isOn: begins },
  }
}

/** Each word of `proposal` is one proposal, and each number of `dhgrp` is offered with it. */
function suites(values: ReadonlyMap<string, string>): Suite[] {
  const groups = (values.get('dhgrp') ?? '').split(' ').filter((one) => /^\d{1,2}$/.test(one))
  const proposals = (values.get('proposal') ?? '').split(' ').slice(0, 20)
  return proposals
    .map((one) => suiteOf([...one.split('-'), ...groups.map((group) => `group${group}`)]))
    .filter(({ ciphers }) => ciphers.length > 0)
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
