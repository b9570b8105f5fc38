import { type BgpFacts, type Dialect, type Facts, noFacts, type Reading } from '../facts.ts'
import { addressPattern, identityPattern, shortName } from '../lines.ts'
import { isNamed, type Suite } from '../suites.ts'
import { type Objects, panosStatements, valuesAt } from './panos-statements.ts'
import { panosElsewhere, panosEsp, panosIke, panosMend } from './panos-words.ts'

type Statements = ReturnType<typeof panosStatements>
type Settings = ReturnType<Objects['get']>

/** The configuration of PAN-OS in set format: each IPsec tunnel with the gateway, profiles and interface it leads to. */
export const panosConfig: Dialect = {
  title: 'Palo Alto PAN-OS, configuration in set format',
  tested: 'the files that this console writes and public examples, not a device of ours',
  read(lines) {
    const statements = panosStatements(lines)
    const tunnels = [...statements.tunnels].filter(([, tunnel]) => gatewayOf(tunnel) !== undefined)
    const led = new Set(tunnels.map(([, tunnel]) => gatewayOf(tunnel)))
    const alone = [...statements.gateways].filter(([name]) => !led.has(name))
    const connections = [
      ...tunnels.map(([name, tunnel]) => ({
        ...gatewayFacts(tunnel, statements),
        ...tunnelFacts(name, tunnel, statements),
      })),
      ...alone.map(([name, gateway]) => ({ ...ikeFacts(gateway, statements), name: shortName(name) })),
    ]
    const sessions = sessionsOf(statements.routers)
    return connections.length + sessions.length === 0 ? null : { connections, sessions }
  },
  mend: panosMend,
  elsewhere: panosElsewhere,
}

const gatewayOf = (tunnel: Settings) => valuesAt(tunnel, 'auto-key', 'ike-gateway')[0]

const gatewayFacts = (tunnel: Settings, statements: Statements): Facts =>
  ikeFacts(statements.gateways.get(gatewayOf(tunnel) ?? ''), statements)

function ikeFacts(gateway: Settings, { ikeProfiles }: Statements): Facts {
  const [version] = valuesAt(gateway, 'protocol', 'version')
  const [passive] = valuesAt(gateway, 'protocol-common', 'passive-mode')
  const [name] = [
    ...valuesAt(gateway, 'protocol', 'ikev2', 'ike-crypto-profile'),
    ...valuesAt(gateway, 'protocol', 'ikev1', 'ike-crypto-profile'),
  ]
  const profile = ikeProfiles.get(name ?? '')
  const known = /^ikev(?:1|2|2-preferred)$/.test(version ?? '')
  return {
    ...noFacts('gateway'),
    version: known && version !== undefined ? { word: version, isTwo: version !== 'ikev1' } : null,
    peers: valuesAt(gateway, 'peer-address', 'ip').filter((one) => addressPattern.test(one)),
    localIds: idsOf(gateway, 'local-id'),
    remoteIds: idsOf(gateway, 'peer-id'),
    ike: named(panosIke(['encryption', 'hash', 'dh-group'].flatMap((key) => valuesAt(profile, key)))),
    ikeLifetime: lifetimeOf(profile),
    begins: passive === 'yes' || passive === 'no' ? { word: `passive-mode ${passive}`, isOn: passive === 'no' } : null,
  }
}

/** An identity has its kind on the same line or on another. */
function idsOf(gateway: Settings, end: 'local-id' | 'peer-id'): string[] {
  const here = (gateway ?? []).filter((statement) => statement.includes(end))
  const ids = here.map((statement) => statement.slice(statement.indexOf(end)))
  return valuesAt(ids, 'id').filter((id) => identityPattern.test(id))
}

/** Only what differs between tunnels of one gateway: what is not told here is as the gateway says. */
function tunnelFacts(name: string, tunnel: Settings, { ipsecProfiles, interfaces }: Statements) {
  const [profileName] = valuesAt(tunnel, 'auto-key', 'ipsec-crypto-profile')
  const profile = ipsecProfiles.get(profileName ?? '')
  const [unit] = valuesAt(tunnel, 'tunnel-interface')
  const [address] = valuesAt(interfaces.get(unit ?? ''), 'ip').filter((one) => addressPattern.test(one))
  const [replay] = valuesAt(tunnel, 'anti-replay')
  return {
    name: shortName(name),
    esp: named(panosEsp(['encryption', 'authentication', 'dh-group'].flatMap((key) => valuesAt(profile, key)))),
    childLifetime: lifetimeOf(profile),
    selectors: proxiesOf(tunnel),
    inside: address?.split('/')[0] ?? null,
    replay: replay === 'yes' || replay === 'no' ? { word: `anti-replay ${replay}`, isOn: replay === 'yes' } : null,
  }
}

/** Where no proxy-id is named it would be everything; but the lines of it may only be missing here. */
function proxiesOf(tunnel: Settings): Facts['selectors'] {
  const lines = (tunnel ?? []).filter((statement) => statement.includes('proxy-id'))
  const networks = (end: string) => valuesAt(lines, end).filter((one) => addressPattern.test(one))
  const [local, remote] = [networks('local'), networks('remote')]
  return local.length + remote.length === 0 ? null : { local, remote }
}

const seconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const

function lifetimeOf(profile: Settings): number | null {
  for (const [unit, size] of Object.entries(seconds)) {
    const [value] = valuesAt(profile, 'lifetime', unit)
    if (value !== undefined && /^\d{1,7}$/.test(value)) return Number(value) * size
  }
  return null
}

const named = (suite: Suite) => [suite].filter(isNamed)

function sessionsOf(routers: Objects): Reading['sessions'] {
  return [...routers.values()].flatMap((router) => {
    const localAsn = asn(valuesAt(router, 'protocol', 'bgp', 'local-as')[0])
    const peers = new Map<string, BgpFacts>()
    for (const statement of router) {
      const at = statement.indexOf('peer-group')
      const [, group, key, name, ...rest] = at === -1 ? [] : statement.slice(at)
      if (key !== 'peer') continue
      const before = peers.get(`${group} ${name}`) ?? { neighbour: null, localAsn, remoteAsn: null, state: null }
      peers.set(`${group} ${name}`, { ...before, ...peerOf(rest) })
    }
    return [...peers.values()].filter(({ neighbour }) => neighbour !== null)
  })
}

function peerOf(words: readonly string[]): Partial<BgpFacts> {
  const [address] = valuesAt([words], 'peer-address', 'ip').filter((one) => addressPattern.test(one))
  const remoteAsn = asn(valuesAt([words], 'peer-as')[0])
  return {
    ...(address === undefined ? {} : { neighbour: address.split('/')[0] ?? null }),
    ...(remoteAsn === null ? {} : { remoteAsn }),
  }
}

const asn = (text: string | undefined) => (text !== undefined && /^\d{1,10}$/.test(text) ? text : null)
