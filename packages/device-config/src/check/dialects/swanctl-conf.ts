import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { addressPattern, identityPattern, shortName } from '../lines.ts'
import { isNamed, type Suite, suiteOf } from '../suites.ts'
import { type Section, treeOf } from './swanctl-tree.ts'
import { swanctlMend } from './swanctl-words.ts'

/** strongSwan's own configuration. Its section `secrets` is never looked at. */
export const swanctlConf: Dialect = {
  title: 'strongSwan, swanctl.conf',
  tested: 'files that ran on a strongSwan of ours',
  read(lines) {
    const root = treeOf(lines)
    const named = root.sections.get('connections')?.sections ?? root.sections
    const connections = [...named].filter(([, section]) => isConnection(section)).map(factsOf)
    return connections.length === 0 ? null : { connections, sessions: [] }
  },
  mend: swanctlMend,
  elsewhere: {
    session: 'swanctl --list-sas',
    child: 'swanctl --list-sas',
    inside: 'ip address show, for the tunnel interface',
    mss: 'nft list ruleset, or iptables -t mangle -S: maxseg or TCPMSS',
  },
}

const isConnection = ({ values, sections }: Section) => values.has('remote_addrs') || sections.has('children')

function factsOf([name, section]: [string, Section]): Facts {
  const child = [...(section.sections.get('children')?.sections.values() ?? [])][0]
  return {
    ...noFacts(shortName(name)),
    peers: addresses(section.values.get('remote_addrs')),
    localIds: idsOf(section, 'local'),
    remoteIds: idsOf(section, 'remote'),
    ike: suites(section.values.get('proposals')),
    ...(child && childFacts(child)),
  }
}

function childFacts({ values }: Section): Partial<Facts> {
  const window = values.get('replay_window')
  const action = values.get('start_action') ?? 'none'
  const local = addresses(values.get('local_ts'))
  const remote = addresses(values.get('remote_ts'))
  return {
    esp: suites(values.get('esp_proposals')),
    selectors: local.length + remote.length === 0 ? null : { local, remote },
    replay: replayOf(window),
    begins: /^[a-z|]{1,20}$/.test(action)
      ? { word: `start_action = ${action}`, isOn: action.split('|').includes('start') }
      : null,
  }
}

function replayOf(window: string | undefined): Facts['replay'] {
  if (window === undefined) return { word: 'replay_window not set, 32 by default', isOn: true }
  return /^\d{1,6}$/.test(window) ? { word: `replay_window = ${window}`, isOn: Number(window) > 0 } : null
}

/** `local`, and `local-2` where there are more rounds of authentication. */
function idsOf({ sections }: Section, end: 'local' | 'remote'): string[] {
  const ends = [...sections].filter(([name]) => name === end || name.startsWith(`${end}-`))
  return ends
    .flatMap(([, { values }]) => values.get('id') ?? [])
    .filter((id) => identityPattern.test(id) && id !== '%any')
}

const listOf = (text: string | undefined) => (text ?? '').split(',').map((one) => one.trim())
const addresses = (text: string | undefined) => listOf(text).filter((one) => addressPattern.test(one))
const suites = (text: string | undefined): Suite[] =>
  listOf(text)
    .map((one) => suiteOf(one.split('-')))
    .filter(isNamed)
