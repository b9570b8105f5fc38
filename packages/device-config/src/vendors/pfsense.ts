import { presented } from '../identities.ts'
import { replayProtection, unfulfilled } from '../needs.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers, proposal } from '../proposal.ts'
import type { RowGroup } from '../rows.ts'
import { entries, keyRow, sheetFile } from '../sheet.ts'
import type { DeviceTemplate } from '../template.ts'
import { decide, titleOf } from '../text.ts'

const about = {
  id: 'pfsense',
  vendor: 'Netgate',
  title: 'pfSense (settings to enter)',
  kind: 'sheet',
  software: 'pfSense CE 2.7 or Plus 24.03, or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/pfsense/',
    'https://docs.netgate.com/pfsense/en/latest/vpn/ipsec/routed-vti.html',
  ],
  tested: 'Not run on pfSense by us. Cloudflare ran a like one on 24.03, with AES-CBC.',
  identity: 'user',
} as const satisfies Omit<DeviceTemplate, 'files'>

const networks = decide(1, 'networks', 'a network behind Cloudflare, such as 10.0.0.0/8. Not needed where BGP says it.')

export const pfsense: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const groups = [
      phaseOne(parameters, input.key),
      phaseTwo(parameters),
      interfaceGroup(parameters),
      ...(parameters.bgp ? [bgpGroup(parameters)] : []),
      cleanUp(parameters),
    ]
    return [sheetFile(about, parameters, groups, [networks])]
  },
  needs: (input) => unfulfilled([replayProtection(input, 'pfSense keeps its replay window.')]),
}

function phaseOne(parameters: Parameters, key: string | null): RowGroup {
  const { cloudflare, identities } = parameters
  return {
    title: 'VPN > IPsec > Tunnels > Add P1',
    rows: [
      ...entries({
        Description: `Cloudflare ${titleOf(parameters)}`,
        'Key Exchange version': 'IKEv2',
        'Internet Protocol': 'IPv4',
        Interface: 'WAN',
        'Remote Gateway': cloudflare.outside,
        'Authentication Method': 'Mutual PSK',
        'My identifier': `User Fully Qualified Domain Name: ${presented(identities, 'user')}`,
        'Peer identifier': `Peer IP address (${cloudflare.outside})`,
      }),
      keyRow(key, 'Pre-Shared Key'),
      ...entries({
        'Encryption Algorithm': 'AES256-GCM, 128 bits, SHA256 as hash (PRF), DH group 20',
        'Life Time': `${proposal.ikeLifetime}`,
        'Child SA Start Action': 'Initiate at start (VTI or Tunnel Mode)',
        'Child SA Close Action': 'Restart/Reconnect',
        'NAT Traversal': 'Auto',
        MOBIKE: 'Disable',
        'Dead Peer Detection': `on, delay ${proposal.dpdInterval}, max failures 4`,
      }),
    ],
  }
}

function phaseTwo({ cloudflare, device }: Parameters): RowGroup {
  return {
    title: 'Below it: Add P2',
    rows: entries({
      Mode: 'Routed (VTI)',
      'Local Network': `Address ${device.inside}`,
      'Remote Network': `Address ${cloudflare.inside}`,
      Protocol: 'ESP',
      'Encryption Algorithms': 'AES256-GCM, 128 bits, and nothing else',
      'Hash Algorithms': 'none is needed with GCM',
      'PFS key group': '20',
      'Life Time': `${proposal.childLifetime}`,
      'Automatically ping host': cloudflare.inside,
    }),
  }
}

function interfaceGroup({ cloudflare }: Parameters): RowGroup {
  return {
    title: 'Interface, rules and routes',
    rows: entries({
      'Interfaces > Assignments': 'add the ipsec interface of this tunnel and enable it, without an address',
      'MTU of the interface': `${proposal.mtu}`,
      'MSS of the interface': `${proposal.mss + 40} (pfSense takes 40 off: ${proposal.mss})`,
      'Firewall > Rules > IPsec': 'pass ICMP, and the traffic that you want',
      'System > Routing > Static Routes': `${networks.token} by the gateway ${cloudflare.inside}`,
    }),
  }
}

function bgpGroup({ bgp, cloudflare, device }: Parameters): RowGroup {
  return {
    title: 'BGP (package FRR: Services > FRR BGP)',
    rows: entries({
      'Local AS': bgp?.deviceAsn ?? '',
      'Router ID': device.inside,
      Neighbour: `${cloudflare.inside}, remote AS ${bgp?.cloudflareAsn}`,
      Timers: `keepalive ${bgpTimers.keepalive}, hold ${bgpTimers.hold}, connect ${bgpTimers.retry}`,
      Password: bgp?.md5 ? 'the MD5 key of this tunnel, as it is set at Cloudflare' : 'none',
      'Do not accept': `${cloudflare.outside}/32: the way to Cloudflare itself stays outside the tunnel`,
    }),
  }
}

function cleanUp(parameters: Parameters): RowGroup {
  return {
    title: 'Clean up',
    rows: entries({
      Remove: `static routes, rules, the interface assignment, then P2 and P1 of Cloudflare ${titleOf(parameters)}`,
    }),
  }
}
