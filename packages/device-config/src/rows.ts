import type { Parameters } from './parameters.ts'
import { bgpTimers, proposal } from './proposal.ts'
import { harmless } from './text.ts'

/** One parameter for people: what it is, its value (or the values of both ends), and where it comes from. */
export interface Row {
  label: string
  value: string
  source: string
}

export interface RowGroup {
  title: string
  rows: readonly Row[]
}

const sources = {
  tunnel: 'this tunnel',
  docs: 'Cloudflare docs, GRE and IPsec tunnels',
  endpoints: 'Cloudflare docs, Configure tunnel endpoints',
  replay: 'Cloudflare docs, Anti-replay protection',
  mss: 'Cloudflare docs, MTU and MSS',
  routes: 'Cloudflare docs, Configure routes',
  derived: 'derived from the interface address',
  choice: 'our choice within what Cloudflare allows',
} as const

const groups = {
  ends: { title: 'Both ends', rows: endRows },
  identities: { title: 'IKE identities of this device (one of these)', rows: identityRows },
  ike: { title: 'IKE', rows: ikeRows },
  child: { title: 'IPsec (child SA)', rows: childRows },
  interface: { title: 'Tunnel interface', rows: interfaceRows },
  health: { title: 'Health check', rows: healthRows },
  bgp: { title: 'BGP', rows: bgpRows },
}

/** Groups of parameters by their names, each with its rows. */
export function groupsOf(parameters: Parameters, names: readonly (keyof typeof groups)[]): RowGroup[] {
  return names.map((name) => ({ title: groups[name].title, rows: groups[name].rows(parameters) }))
}

/** Every parameter of a tunnel, grouped, for a sheet or a page. */
export function rowsOf(parameters: Parameters): RowGroup[] {
  return groupsOf(parameters, ['ends', 'identities', 'ike', 'child', 'interface', 'health', 'bgp'])
}

const row = (label: string, value: string | number, source: keyof typeof sources): Row => ({
  label,
  value: String(value),
  source: sources[source],
})

function endRows({ tunnel, cloudflare, device, prefixLength }: Parameters): Row[] {
  return [
    row('Tunnel name', harmless(tunnel.name), 'tunnel'),
    row('Tunnel id', tunnel.id, 'tunnel'),
    row('Outside address of Cloudflare (the peer)', cloudflare.outside, 'tunnel'),
    row('Outside address of this device', device.outside, 'tunnel'),
    row('Inside address of Cloudflare', `${cloudflare.inside}/${prefixLength}`, 'tunnel'),
    row('Inside address of this device', `${device.inside}/${prefixLength}`, 'derived'),
    ...(tunnel.interface_address6 === ''
      ? []
      : [row('Inside IPv6 address of Cloudflare', harmless(tunnel.interface_address6), 'tunnel')]),
    row('Who begins', 'this device; Cloudflare only answers', 'docs'),
    row('To let through', 'UDP 500, UDP 4500, ESP (IP protocol 50)', 'docs'),
  ]
}

function identityRows({ identities, cloudflare }: Parameters): Row[] {
  return [
    row('FQDN (recommended)', identities.fqdn, 'docs'),
    row('User FQDN (e-mail address)', identities.user, 'docs'),
    row('Key ID', identities.keyId, 'docs'),
    ...(identities.ipv4 === null ? [] : [row('IPv4 address', identities.ipv4, 'docs')]),
    ...(identities.custom === null ? [] : [row('Custom FQDN', identities.custom, 'tunnel')]),
    row('Identity of Cloudflare', `${cloudflare.outside} (IPv4 address)`, 'docs'),
  ]
}

function ikeRows(): Row[] {
  return [
    row('Version', 'IKEv2 only, one peer', 'docs'),
    row('Authentication', 'pre-shared key on both sides', 'docs'),
    row('Encryption', `${proposal.encryption}; without it ${proposal.otherEncryption}`, 'docs'),
    row('Integrity and PRF', proposal.hash, 'docs'),
    row(
      'Diffie-Hellman group',
      `${proposal.group} (384-bit ECP); 14 where the device has no 20. Offer one only`,
      'docs',
    ),
    row('Lifetime', `${proposal.ikeLifetime} s (allowed: 8 to 24 h)`, 'choice'),
    row(
      'Dead peer detection',
      `every ${proposal.dpdInterval} s, dead after ${proposal.dpdTimeout} s, then restart`,
      'choice',
    ),
    row('Mode config, MOBIKE', 'off', 'choice'),
  ]
}

function childRows({ antiReplay }: Parameters): Row[] {
  return [
    row('Mode', 'ESP, tunnel mode', 'docs'),
    row('Encryption', `${proposal.encryption}; without it ${proposal.otherEncryption}`, 'docs'),
    row('Integrity', `within AES-GCM; ${proposal.hash} with AES-CBC`, 'docs'),
    row('Perfect forward secrecy', `group ${proposal.group}`, 'docs'),
    row('Extended sequence numbers', 'off', 'docs'),
    row('Lifetime', `${proposal.childLifetime} s (allowed: 30 min to 8 h), no limit by bytes`, 'docs'),
    row('Traffic selectors', '0.0.0.0/0 to 0.0.0.0/0 (route-based)', 'docs'),
    antiReplay
      ? row('Anti-replay on this device', 'may be on: Cloudflare sends in order for this tunnel', 'replay')
      : row('Anti-replay on this device', 'off, or a window of 0: packets come from many servers', 'replay'),
  ]
}

function interfaceRows({ device, prefixLength }: Parameters): Row[] {
  return [
    row('Address', `${device.inside}/${prefixLength}`, 'derived'),
    row('MTU', `${proposal.mtu} bytes`, 'mss'),
    row('TCP MSS', `${proposal.mss} bytes or less, both directions`, 'mss'),
  ]
}

function healthRows({ health }: Parameters): Row[] {
  if (!health.enabled) return [row('Probes', 'off: Cloudflare does not notice when the tunnel fails', 'tunnel')]
  const what = health.type === 'request' ? 'ICMP echo requests, which the device answers' : `ICMP, type ${health.type}`
  return [
    row('Probes', `${what}; ${health.direction}, rate ${health.rate}`, 'tunnel'),
    row('Target', health.target, 'endpoints'),
    row('To allow', 'ICMP on the tunnel interface, answered through the tunnel', 'endpoints'),
  ]
}

function bgpRows({ bgp, cloudflare, device }: Parameters): Row[] {
  if (bgp === null) return [row('BGP', 'off: routes are static on both sides', 'tunnel')]
  return [
    row('Neighbour (Cloudflare)', `${cloudflare.inside}, ASN ${bgp.cloudflareAsn}`, 'routes'),
    row('This device', `${device.inside}, ASN ${bgp.deviceAsn}`, 'tunnel'),
    row('Who begins', 'this device; Cloudflare only answers', 'routes'),
    row('Timers', `hold ${bgpTimers.hold} s, keepalive ${bgpTimers.keepalive} s, no BFD`, 'routes'),
    row('MD5 key', bgp.md5 === null ? 'none' : 'set at Cloudflare; the same on this device', 'tunnel'),
    ...(bgp.announces.length === 0 ? [] : [row('Announced besides', bgp.announces.join(', '), 'tunnel')]),
  ]
}
