/** Hexadecimal digits that look random, and are the same for the same number. */
function digits(seed: number): string {
  let text = ''
  let state = (seed + 1) >>> 0
  while (text.length < 32) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    text += ((state ^ (state >>> 13)) >>> 0).toString(16).padStart(8, '0')
  }
  return text
}

/** Created one after the other while the account grew, with gaps; a fifth was changed later, and half have a newer key. */
function momentsOf(index: number) {
  const random = (which: number) => Number.parseInt(digits(index * 4 + which).slice(0, 8), 16)
  const created = 1_700_000_000_000 + index * 977_000 + (random(1) % 600) * 1000
  const later = created + (random(2) % 15_552_000) * 1000
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    created_on: iso(created),
    modified_on: iso(index % 5 === 0 ? later : created),
    psk_metadata: { last_generated_on: iso(index % 2 === 0 ? later : created) },
  }
}

const cities = ['fra', 'ams', 'lhr', 'cdg', 'mad', 'waw', 'jfk', 'ord', 'sfo', 'sin', 'nrt', 'syd']

/** A tunnel of a large account, in Cloudflare's words; `move` tells how often its BGP session has changed. */
export function tunnelOf(index: number, move: number) {
  const [b, c] = [Math.floor(index / 250), index % 250]
  const hasBgp = index % 2 === 0
  const target = `10.${(b >> 6) + 64}.${b % 64}.${c}`
  return {
    id: digits(index),
    name: `${cities[index % cities.length]}-branch-${String(index).padStart(5, '0')}`,
    description: index % 3 === 0 ? `Site ${index}, second floor` : '',
    cloudflare_endpoint: `162.159.${64 + (index % 4)}.${index % 200}`,
    customer_endpoint: `198.${18 + (b % 2)}.${b}.${c + 1}`,
    interface_address: `${target}/31`,
    interface_address6: '',
    health_check: {
      enabled: index % 20 !== 0,
      rate: index % 7 === 0 ? 'high' : 'mid',
      type: 'request',
      direction: index % 5 === 0 ? 'bidirectional' : 'unidirectional',
      target: { effective: target, saved: '' },
    },
    ...(hasBgp && {
      bgp: { customer_asn: 64_512 + (index % 1000), extra_prefixes: [], md5_key: '' },
      bgp_status: {
        state: (index % 50 === 0) !== (move % 2 === 1) ? 'BGP_DOWN' : 'BGP_UP',
        tcp_established: true,
        updated_at: '2026-11-20T10:00:00Z',
        bgp_state: 'Established',
        cf_speaker_ip: target,
        cf_speaker_port: 179,
        customer_speaker_ip: `10.${b % 200}.${c}.1`,
        customer_speaker_port: 30_000 + index,
      },
    }),
    replay_protection: index % 11 === 0,
    automatic_return_routing: false,
    allow_null_cipher: false,
    custom_remote_identities: { fqdn_id: '' },
    remote_identities: {
      hex_id: Buffer.from(`33145236_${digits(index)}`).toString('hex'),
      fqdn_id: `${digits(index)}.33145236.ipsec.cloudflare.com`,
      user_id: `ipsec@${digits(index)}.33145236.ipsec.cloudflare.com`,
    },
    ...momentsOf(index),
  }
}

/** The mean of its health checks, 0 to 1: one in a hundred is down, one in fifty impaired. */
export const healthOf = (index: number): number => (index % 100 === 7 ? 0 : index % 50 === 3 ? 0.6 : 1)
