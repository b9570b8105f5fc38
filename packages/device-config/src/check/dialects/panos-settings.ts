import { type Dialect, type Facts, noFacts } from '../facts.ts'
import { gathered } from '../gathered.ts'
import { shortName } from '../lines.ts'
import { isNamed } from '../suites.ts'
import { panosElsewhere, panosEsp, panosIke, panosMend } from './panos-words.ts'

/** `17  gateway  162.159.135.10  203.0.113.1(fqdn:…  IKEv2  [PSK][DH20][AES256][SHA256]28800-sec`; long identities are cut. */
const gateway =
  /^\d{1,9} {1,20}(\S{1,80}) {1,60}((?:\d{1,3}\.){3}\d{1,3})(?:\(\S{0,80})? {1,40}(?:\d{1,3}\.){3}\d{1,3}\S{0,80} {1,40}(IKEv1|IKEv2|Auto)\S{0,20} {1,20}((?:\[[\w-]{1,20}\]){2,8})(?:(\d{1,7})-sec)?/

/** `3  tunnel(gateway)  0.0.0.0/0  0:0  0.0.0.0/0  0:0  ESP tunl [DH20][AES256][SHA256]  28800-sec`. */
const tunnel =
  /^\d{1,9} {1,20}([^\s()]{1,100})\([^\s()]{1,100}\) {1,60}((?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}) {1,40}\d{1,5}:\d{1,5} {1,40}((?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}) {1,40}\d{1,5}:\d{1,5} {1,40}ESP tunl ((?:\[[\w-]{0,20}\]){1,8})(?: {0,12}(\d{1,7})-sec)?/

const shared = {
  tested: 'public examples, not a device of ours',
  mend: panosMend,
  elsewhere: panosElsewhere,
} as const

/** What the IKE gateways of PAN-OS are set to, one a line. After a public example. */
export const panosGateways: Dialect = {
  ...shared,
  title: 'Palo Alto PAN-OS, show vpn gateway',
  read: (lines) => gathered(lines, { begins: gatewayOf, tells: () => ({}) }),
}

/** What the IPsec tunnels of PAN-OS are set to, one line for each proxy-id. After a public example. */
export const panosTunnels: Dialect = {
  ...shared,
  title: 'Palo Alto PAN-OS, show vpn tunnel',
  read: (lines) => gathered(lines, { begins: tunnelOf, tells: () => ({}) }),
}

function gatewayOf(text: string): Facts | null {
  const [, name, peer = '', protocol = '', algorithms = '', seconds] = gateway.exec(text) ?? []
  if (name === undefined) return null
  const suite = panosIke(bracketed(algorithms))
  return {
    ...noFacts(shortName(name)),
    version: { word: protocol, isTwo: protocol === 'Auto' ? null : protocol === 'IKEv2' },
    peers: [peer],
    ike: isNamed(suite) ? [suite] : [],
    ikeLifetime: seconds === undefined ? null : Number(seconds),
  }
}

function tunnelOf(text: string): Facts | null {
  const [, name, local = '', remote = '', algorithms = '', seconds] = tunnel.exec(text) ?? []
  if (name === undefined) return null
  const suite = panosEsp(bracketed(algorithms))
  return {
    ...noFacts(shortName(name)),
    esp: isNamed(suite) ? [suite] : [],
    childLifetime: seconds === undefined ? null : Number(seconds),
    selectors: { local: [local], remote: [remote] },
  }
}

const bracketed = (text: string) => text.split(/[[\]]+/).filter((word) => word !== '')
