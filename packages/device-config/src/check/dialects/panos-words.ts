import type { Dialect } from '../facts.ts'
import { type Suite, suiteOf } from '../suites.ts'

const gateway = 'set network ike gateway GATEWAY'
const tunnel = 'set network tunnel ipsec TUNNEL'
const ikeProfile = 'set network ike crypto-profiles ike-crypto-profiles PROFILE'
const ipsecProfile = 'set network ike crypto-profiles ipsec-crypto-profiles PROFILE'

/** How differences are mended on PAN-OS, as set commands; `commit` then makes them count. */
export const panosMend: Dialect['mend'] = {
  session: () =>
    'test vpn ike-sa gateway GATEWAY, then tail follow yes mp-log ikemgr.log, shows why it does not come up.',
  version: () => `${gateway} protocol version ikev2`,
  peer: (expected) => `${gateway} peer-address ip ${expected}`,
  'local-id': (expected) => `${gateway} local-id type fqdn id ${expected}`,
  'remote-id': (expected) => `${gateway} peer-id type ipaddr id ${expected}`,
  ike: () => `${ikeProfile} encryption aes-256-cbc, hash sha256, dh-group group20`,
  'ike-lifetime': () => `${ikeProfile} lifetime hours 24`,
  child: () =>
    'test vpn ipsec-sa tunnel TUNNEL, then tail follow yes mp-log ikemgr.log, shows why it does not come up.',
  esp: () => `${ipsecProfile} esp encryption aes-256-cbc, esp authentication sha256, dh-group group20`,
  'child-lifetime': () => `${ipsecProfile} lifetime hours 8`,
  selectors: () =>
    `delete network tunnel ipsec TUNNEL auto-key proxy-id: without one it asks for 0.0.0.0/0 on both sides`,
  inside: (expected) => `set network interface tunnel units tunnel.N ip ${expected}/…`,
  replay: () => `${tunnel} anti-replay no`,
  begins: () => `${gateway} protocol-common passive-mode no`,
  'bgp-neighbour': (expected) => `In the peer of the peer group: peer-address ip ${expected}`,
  'bgp-local-asn': (expected) => `In the virtual router: protocol bgp local-as ${expected}`,
  'bgp-remote-asn': (expected) => `In the peer of the peer group: peer-as ${expected}`,
}

const configuration = 'the configuration: set cli config-output-format set, then in configuration mode show network'

/** Where PAN-OS tells what one of its outputs does not. */
export const panosElsewhere: Dialect['elsewhere'] = {
  session: 'show vpn ike-sa',
  version: 'show vpn ike-sa',
  peer: 'show vpn ike-sa',
  'local-id': 'show vpn ike-sa detail gateway GATEWAY',
  'remote-id': 'show vpn ike-sa detail gateway GATEWAY',
  ike: 'show vpn ike-sa',
  'ike-lifetime': configuration,
  child: 'show vpn ipsec-sa',
  esp: 'show vpn ipsec-sa',
  'child-lifetime': 'show vpn ipsec-sa',
  selectors: 'show vpn tunnel',
  inside: 'show interface tunnel.N',
  replay: 'show vpn flow tunnel-id ID: anti replay check',
  mss: 'show interface tunnel.N',
  begins: configuration,
  'bgp-state': 'show routing protocol bgp peer',
  'bgp-neighbour': configuration,
  'bgp-local-asn': configuration,
  'bgp-remote-asn': configuration,
}

/**
 * Algorithms as the status outputs of PAN-OS name them: `A256`, `AES256-CBC`, `G256` (GCM), `SHA256`, `DH20`. With GCM alone the
 * hash of IKE is its PRF.
 */
export function panosIke(words: readonly string[]): Suite {
  const suite = suiteOf(words.map(plain))
  const isGcm = suite.ciphers.length > 0 && suite.ciphers.every((cipher) => cipher.startsWith('AES-GCM'))
  return isGcm ? { ...suite, integrities: [], prfs: suite.integrities } : suite
}

/** The same of ESP, where GCM needs no hash and what is named beside it is not used. */
export const panosEsp = (words: readonly string[]): Suite => ({ ...panosIke(words), prfs: [] })

function plain(word: string): string {
  const short = word.trim().toLowerCase()
  const gcm = /^g(128|256)$/.exec(short) ?? /^a(?:es)?-?(128|256)-?gcm\d{0,3}$/.exec(short)
  if (gcm) return `aes-${gcm[1]}-gcm`
  const cbc = /^a(?:es)?-?(128|192|256)(?:-?cbc)?$/.exec(short)
  if (cbc) return `aes-${cbc[1]}-cbc`
  const group = /^dh(\d{1,2})$/.exec(short)
  return group ? `group${group[1]}` : short
}
