import type { Dialect } from '../facts.ts'

/** How differences are mended on Cisco IOS XE. */
export const iosMend: Dialect['mend'] = {
  peer: (expected) =>
    `interface TunnelN: tunnel destination ${expected}; the same address in the keyring and the profile`,
  'local-id': (expected) => `crypto ikev2 profile …: identity local fqdn ${expected}`,
  'remote-id': (expected) => `crypto ikev2 profile …: match identity remote address ${expected} 255.255.255.255`,
  ike: () => 'crypto ikev2 proposal …: encryption aes-gcm-256, prf sha256, group 20',
  'ike-lifetime': () => 'crypto ikev2 profile …: lifetime 86400',
  'child-lifetime': () => 'crypto ipsec profile …: set security-association lifetime seconds 28800',
  esp: () => 'crypto ipsec transform-set … esp-gcm 256; in the ipsec profile: set pfs group20',
  selectors: () => 'interface TunnelN: tunnel mode ipsec ipv4 (route-based: no crypto map)',
  inside: (expected) => `interface TunnelN: ip address ${expected} …`,
  replay: () => 'crypto ipsec profile …: set security-association replay disable',
  mss: () => 'interface TunnelN: ip tcp adjust-mss 1360',
  begins: () => 'crypto ipsec profile …: no responder-only',
  session: () => 'debug crypto ikev2 error shows why it does not come up. Paste what it says here.',
  'bgp-neighbour': (expected) => `router bgp …: neighbor ${expected} remote-as 13335`,
  'bgp-local-asn': (expected) => `router bgp ${expected}`,
  'bgp-remote-asn': (expected) => `router bgp …: neighbor … remote-as ${expected}`,
}
