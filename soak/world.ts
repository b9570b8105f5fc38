import type { Adversary } from './adversary/adversary.ts'
import type { Json } from './adversary/tunnel.ts'
import type { Random } from './random.ts'

/** The account before the first client comes. */
export interface World {
  counters: [{ id: string; isPlain: boolean }, { id: string; isPlain: boolean }]
  /** Tunnels for each client alone, enough that the next key for one of them comes much later. */
  own: string[][]
  md5Keys: string[]
}

/** Two counters, and tunnels for each client. */
export function populate({ store }: Pick<Adversary, 'store'>, random: Random, clients: number): World {
  let made = 0
  const md5Keys: string[] = []
  function add(name: string, description: string): string {
    const md5Key = random.text(24)
    md5Keys.push(md5Key)
    const commit = store.commit({ kind: 'create', body: bodyOf(name, description, made++, md5Key) })
    if (!commit.ok || !commit.after) throw new Error(`The stand-in refuses ${name}`)
    return commit.after.id
  }
  const counters: World['counters'] = [
    { id: add('counter-plain', '0'), isPlain: true },
    { id: add('counter-signed', '0'), isPlain: false },
  ]
  const own = Array.from({ length: clients }, (_, client) =>
    Array.from({ length: 10 }, (_tunnel, index) => add(`own-${client + 1}-${index + 1}`, '')),
  )
  return { counters, own, md5Keys }
}

function bodyOf(name: string, description: string, index: number, md5Key: string): Json {
  return {
    name,
    description,
    cloudflare_endpoint: '162.159.64.1',
    customer_endpoint: '203.0.113.1',
    interface_address: `10.99.0.${index * 2}/31`,
    health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional' },
    bgp: { customer_asn: 65010 + index, extra_prefixes: [], md5_key: md5Key },
  }
}
