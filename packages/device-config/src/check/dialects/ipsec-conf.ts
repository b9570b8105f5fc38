import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { addressPattern, identityPattern, shortName } from '../lines.ts'
import { isNamed, type Suite, suiteOf } from '../suites.ts'

/** strongSwan's former configuration, `ipsec.conf`: `conn NAME`, then indented `key=value`. */
export const ipsecConf: Dialect = {
  title: 'strongSwan, ipsec.conf',
  tested: 'the files that this console writes, and documentation',
  read(lines) {
    const blocks = blocksOf(lines)
    const shared = blocks.get('%default')
    const connections = [...blocks]
      .filter(([name]) => name !== '%default')
      .map(([name, values]) => factsOf(name, new Map([...(shared ?? []), ...values])))
    return connections.length === 0 ? null : { connections, sessions: [] }
  },
  mend: {
    peer: (expected) => `right=${expected}`,
    'local-id': (expected) => `leftid=${expected}`,
    'remote-id': (expected) => `rightid=${expected}`,
    ike: () => 'ike=aes256gcm16-prfsha256-ecp384!',
    esp: () => 'esp=aes256gcm16-ecp384!',
    selectors: () => 'leftsubnet=0.0.0.0/0 and rightsubnet=0.0.0.0/0',
    replay: () => 'replay_window=0',
    begins: () => 'auto=start, dpdaction=restart and closeaction=restart',
  },
  elsewhere: {
    session: 'ipsec statusall, or swanctl --list-sas',
    child: 'ipsec statusall, or swanctl --list-sas',
    inside: 'ip address show, for the tunnel interface',
    mss: 'nft list ruleset, or iptables -t mangle -S: maxseg or TCPMSS',
  },
}

function blocksOf(lines: readonly string[]): Map<string, Map<string, string>> {
  const blocks = new Map<string, Map<string, string>>()
  let here: Map<string, string> | null = null
  for (const line of lines) {
    const head = /^(conn|config|ca)\s+(\S{1,100})/.exec(line)
    if (head) {
      here = new Map()
      if (head[1] === 'conn') blocks.set(head[2] ?? '', here)
      continue
    }
    const pair = /^\s+([\w-]{1,40})\s*=\s*([^#]*)/.exec(line)
    if (pair) here?.set((pair[1] ?? '').toLowerCase(), (pair[2] ?? '').trim().replace(/^"|"$/g, ''))
  }
  return blocks
}

function factsOf(name: string, values: ReadonlyMap<string, string>): Facts {
  const list = (key: string) => (values.get(key) ?? '').split(',').map((one) => one.trim())
  const addresses = (key: string) => list(key).filter((one) => addressPattern.test(one))
  const ids = (key: string) => list(key).filter((one) => identityPattern.test(one) && one !== '%any')
  const window = values.get('replay_window')
  const auto = values.get('auto')
  const [local, remote] = [addresses('leftsubnet'), addresses('rightsubnet')]
  return {
    ...noFacts(shortName(name)),
    peers: addresses('right'),
    localIds: ids('leftid'),
    remoteIds: ids('rightid'),
    ike: suites(list('ike')),
    esp: suites(list('esp')),
    selectors: local.length + remote.length === 0 ? null : { local, remote },
    replay:
      window !== undefined && /^\d{1,6}$/.test(window)
        ? { word: `replay_window=${window}`, isOn: Number(window) > 0 }
        : null,
    begins: auto !== undefined && /^[a-z]{1,10}$/.test(auto) ? { word: `auto=${auto}`, isOn: auto === 'start' } : null,
  }
}

const suites = (list: readonly string[]): Suite[] =>
  list.map((one) => suiteOf(one.replace(/!$/, '').split('-'))).filter(isNamed)
