import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers } from '../proposal.ts'
import type { RowGroup } from '../rows.ts'
import { entries, keyRow, sheetFile } from '../sheet.ts'
import type { DeviceTemplate } from '../template.ts'
import { decide, titleOf } from '../text.ts'

const about = {
  id: 'unifi',
  vendor: 'Ubiquiti',
  title: 'Ubiquiti UniFi gateway (settings to enter)',
  kind: 'sheet',
  software: 'UniFi Network 9 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: ['https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/ubiquiti/'],
  tested: 'Not run on UniFi by us. Cloudflare ran these settings, group 14 included, on a Cloud Gateway Max.',
  identity: 'ipv4',
} as const satisfies Omit<DeviceTemplate, 'files'>

const networks = decide(1, 'networks', 'a network behind Cloudflare, such as 10.0.0.0/8.')

export const unifi: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const groups = [
      basics(parameters, input.key),
      advanced(parameters),
      ...(parameters.bgp ? [bgpGroup(parameters)] : []),
      { title: 'Clean up', rows: entries({ Remove: 'Settings > VPN > Site-to-Site VPN > this connection' }) },
    ]
    return [sheetFile(about, parameters, groups, [networks])]
  },
}

function basics(parameters: Parameters, key: string | null): RowGroup {
  const { cloudflare, device, prefixLength } = parameters
  return {
    title: 'Settings > VPN > Site-to-Site VPN > Create New',
    rows: [
      ...entries({ 'VPN Type': 'IPsec', Name: `Cloudflare ${titleOf(parameters)}` }),
      keyRow(key, 'Pre-Shared Key'),
      ...entries({
        'Local IP': `the WAN interface with ${device.outside}`,
        'Remote IP': cloudflare.outside,
        'VPN Method': 'Route Based',
        'Tunnel IP': `${device.inside}/${prefixLength}`,
        'Remote Networks': `${cloudflare.inside}/32 and ${networks.token}`,
      }),
    ],
  }
}

function advanced({ cloudflare }: Parameters): RowGroup {
  return {
    title: 'Advanced: Manual',
    rows: entries({
      'Key Exchange Version': 'IKEv2',
      'IKE Encryption': 'AES-256',
      'IKE Hash': 'SHA256',
      'IKE DH Group': '14 (20 where the gateway offers it)',
      'IKE Lifetime': '28800',
      'ESP Encryption': 'AES-256',
      'ESP Hash': 'SHA256',
      'ESP DH Group': '14 (the same as above)',
      'ESP Lifetime': '28800',
      'Perfect Forward Secrecy (PFS)': 'on',
      'Local Authentication ID': 'Auto: the public address',
      'Remote Authentication ID': cloudflare.outside,
      MTU: '1436, or 1400 where the way is narrow',
      'MSS clamping': 'Internet > WAN > MSS Clamping: 1360',
    }),
  }
}

function bgpGroup({ bgp, cloudflare, device }: Parameters): RowGroup {
  return {
    title: 'BGP (gateways that take an FRR file: Settings > Policy Engine > BGP)',
    rows: entries({
      'Local AS': bgp?.deviceAsn ?? '',
      'Router ID': device.inside,
      Neighbour: `${cloudflare.inside}, remote AS ${bgp?.cloudflareAsn}`,
      Timers: `keepalive ${bgpTimers.keepalive}, hold ${bgpTimers.hold}, connect ${bgpTimers.retry}`,
      Password: bgp?.md5 ? 'the MD5 key of this tunnel, as it is set at Cloudflare' : 'none',
      'The file': 'frr.conf of the strongSwan template fits',
    }),
  }
}
