import type { Dialect } from '../facts.ts'

/** How differences are mended on a FortiGate. */
export const fortigateMend: Dialect['mend'] = {
  session: () => 'diagnose vpn ike log filter, then diagnose debug application ike -1, shows why it does not come up.',
  version: () => 'phase1-interface: set ike-version 2',
  peer: (expected) => `phase1-interface: set remote-gw ${expected}`,
  'local-id': (expected) => `phase1-interface: set localid "${expected}"`,
  'remote-id': (expected) => `phase1-interface: set peertype any, or set peerid "${expected}"`,
  ike: () => 'phase1-interface: set proposal aes256gcm-prfsha256, set dhgrp 20',
  'ike-lifetime': () => 'phase1-interface: set keylife 86400',
  child: () => 'diagnose vpn tunnel up PHASE2 PHASE1, and phase2-interface: set auto-negotiate enable',
  esp: () => 'phase2-interface: set proposal aes256gcm, set pfs enable, set dhgrp 20',
  'child-lifetime': () => 'phase2-interface: set keylifeseconds 28800',
  selectors: () => 'phase2-interface: unset src-subnet, unset dst-subnet: both are 0.0.0.0/0 by default',
  inside: (expected) => `config system interface: set ip ${expected} 255.255.255.255`,
  replay: () => 'phase2-interface: set replay disable',
  mss: () => 'config system interface: set tcp-mss 1360',
  begins: () => 'phase2-interface: set auto-negotiate enable',
  'bgp-neighbour': (expected) => `config router bgp, config neighbor: edit "${expected}"`,
  'bgp-local-asn': (expected) => `config router bgp: set as ${expected}`,
  'bgp-remote-asn': (expected) => `config router bgp, config neighbor: set remote-as ${expected}`,
}

const phase1 = 'show vpn ipsec phase1-interface'
const phase2 = 'show vpn ipsec phase2-interface'

/** Where a FortiGate tells what one of its outputs does not. */
export const fortigateElsewhere: Dialect['elsewhere'] = {
  session: 'diagnose vpn ike gateway list',
  version: 'diagnose vpn ike gateway list',
  'local-id': `${phase1}: localid`,
  'remote-id': `${phase1}: peertype and peerid`,
  ike: 'diagnose vpn ike gateway list',
  'ike-lifetime': 'diagnose vpn ike gateway list',
  child: 'diagnose vpn tunnel list',
  esp: 'diagnose vpn tunnel list',
  'child-lifetime': 'diagnose vpn tunnel list',
  selectors: 'diagnose vpn tunnel list',
  replay: 'diagnose vpn tunnel list',
  inside: 'show system interface',
  mss: 'show system interface: tcp-mss',
  begins: `${phase2}: auto-negotiate`,
  'bgp-state': 'get router info bgp summary',
  'bgp-neighbour': 'show router bgp',
  'bgp-local-asn': 'show router bgp',
  'bgp-remote-asn': 'show router bgp',
}
