import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { addressPattern, identityPattern, shortName } from '../lines.ts'
import { suiteOf } from '../suites.ts'
import { swanctlMend } from './swanctl-words.ts'

const session = /^(\S{1,100}): #\d+, ([A-Z_]+), IKEv(\d)/
const child = /^(\S{1,100}): #\d+, reqid \d+, ([A-Z_]+), [\w-]+, (?:ESP|AH):(\S+)/
const end = /^(local|remote)\s+'([^']{1,255})' @ ((?:\d{1,3}\.){3}\d{1,3})/
const selectors = /^(local|remote)\s+((?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}.*)$/
const chosen = /^[A-Z0-9_-]+(?:\/[A-Z0-9_-]+){1,4}$/

/** What a running strongSwan says of its sessions; also of one that is still asking. */
export const strongswanSas: Dialect = {
  title: 'strongSwan, swanctl --list-sas',
  tested: 'output recorded from a strongSwan of ours',
  read: (lines) => gathered(lines, { begins: begun, tells: told }),
  mend: swanctlMend,
  elsewhere: {
    inside: 'ip address show, for the tunnel interface',
    replay: 'ip -d xfrm state: replay-window must be 0',
    mss: 'nft list ruleset, or iptables -t mangle -S: maxseg or TCPMSS',
    begins: 'swanctl.conf: start_action of the child',
  },
}

function begun(text: string): Facts | null {
  const [, name, word = '', version] = session.exec(text) ?? []
  if (name === undefined) return null
  return {
    ...noFacts(shortName(name)),
    session: { word, isUp: word === 'ESTABLISHED' },
    version: { word: `IKEv${version}`, isTwo: version === '2' },
  }
}

function told(text: string, before: Facts): Partial<Facts> {
  const installed = child.exec(text)
  if (installed) {
    const [, , word = '', algorithms = ''] = installed
    const isUp = word === 'INSTALLED'
    // While keys are changed there are two for a moment: the one that carries traffic counts.
    if (before.child?.isUp && !isUp) return {}
    return { child: { word, isUp }, esp: [suiteOf(algorithms.split('/'))] }
  }
  const named = end.exec(text)
  if (named) return endOf(named[1] === 'local', named[2] ?? '', named[3] ?? '')
  const carried = selectors.exec(text)
  if (carried) return selectorsOf(carried[1] === 'local', carried[2] ?? '', before)
  return chosen.test(text) ? { ike: [suiteOf(text.split('/'))] } : {}
}

function endOf(isLocal: boolean, id: string, address: string): Partial<Facts> {
  const ids = id !== '%any' && identityPattern.test(id) ? [id] : []
  return isLocal ? { localIds: ids } : { remoteIds: ids, peers: [address] }
}

function selectorsOf(isLocal: boolean, text: string, { selectors: before }: Facts): Partial<Facts> {
  const found = text.split(/\s+/).filter((one) => addressPattern.test(one))
  const { local, remote } = before ?? { local: [], remote: [] }
  return { selectors: isLocal ? { local: found, remote } : { local, remote: found } }
}
