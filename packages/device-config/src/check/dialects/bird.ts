import type { BgpFacts, Dialect } from '../facts.ts'

const head =
  /^(\S{1,60})\s+BGP\s+\S+\s+(\w+)\s+\S+(?:\s+\S+)?\s+(Idle|Connect|Active|OpenSent|OpenConfirm|Established)\b/
/** Any other protocol in the same table ends what belongs to the one before. */
const otherHead = /^\S{1,60}\s+[A-Z]\w+\s+\S+\s+(?:up|down|start|stop)\b/

/** `birdc show protocols`, best with `all`: only then are neighbour and numbers told. */
export const birdProtocols: Dialect = {
  title: 'BIRD, birdc show protocols all',
  tested: 'output recorded from a BIRD of ours',
  read(lines) {
    const sessions: BgpFacts[] = []
    let isInside = false
    for (const line of lines) {
      const state = head.exec(line)?.[3]
      if (state !== undefined) {
        sessions.push({ neighbour: null, localAsn: null, remoteAsn: null, state })
        isInside = true
      } else if (otherHead.test(line)) isInside = false
      const last = sessions.at(-1)
      if (isInside && last) sessions[sessions.length - 1] = { ...last, ...told(line) }
    }
    return sessions.length === 0 ? null : { connections: [], sessions }
  },
  mend: {
    'bgp-neighbour': (expected) => `In bird.conf, protocol bgp: neighbor ${expected} as 13335;`,
    'bgp-local-asn': (expected) => `In bird.conf, protocol bgp: local as ${expected};`,
    'bgp-remote-asn': (expected) => `In bird.conf, protocol bgp: neighbor … as ${expected};`,
  },
  elsewhere: {
    'bgp-neighbour': 'birdc show protocols all (with “all” at the end)',
    'bgp-local-asn': 'birdc show protocols all (with “all” at the end)',
    'bgp-remote-asn': 'birdc show protocols all (with “all” at the end)',
  },
}

function told(line: string): Partial<BgpFacts> {
  const pair = /^\s+(Neighbor address|Neighbor AS|Local AS):\s+(\d[\d.]{0,20})/.exec(line)
  if (!pair) return {}
  const [, name, value = ''] = pair
  if (name === 'Neighbor address') return { neighbour: value }
  return name === 'Local AS' ? { localAsn: value } : { remoteAsn: value }
}
