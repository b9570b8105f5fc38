import { routingFiles } from '../bgp.ts'
import { quoted, secret } from '../escape/strongswan.ts'
import { presented } from '../identities.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { proposal } from '../proposal.ts'
import { type DeviceFile, type DeviceTemplate, keyPlaceholder } from '../template.ts'
import { commented, decide, heading, type Lines, textOf } from '../text.ts'

const about = {
  id: 'strongswan',
  vendor: 'strongSwan',
  title: 'strongSwan (swanctl and an XFRM interface)',
  kind: 'configuration',
  software: 'strongSwan 5.8 or newer on Linux 4.19 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/strongswan/',
    'https://docs.strongswan.org/docs/latest/swanctl/swanctlConf.html',
    'https://docs.strongswan.org/docs/latest/features/routeBasedVpn.html',
  ],
  tested:
    'IKE, ping and BGP ran on strongSwan 5.9.8, BIRD 2.0 and FRR 8.4 against a stand-in for Cloudflare, with ESP in user space; the XFRM interface itself was not run.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

export const networks = decide(
  1,
  'networks',
  'which networks lie behind Cloudflare, such as 10.0.0.0/8. Not needed where BGP says it.',
)

export const strongswan: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    return [
      connection(parameters, input.key),
      { name: 'cloudflare-charon.conf', language: 'strongswan', text: charonText(about, parameters) },
      interfaceScript(parameters),
      ...routingFiles(about, parameters),
    ]
  },
}

function connection(parameters: Parameters, key: string | null): DeviceFile {
  const { label } = parameters
  const text = textOf(
    commented(
      '#',
      heading(about, parameters),
      '',
      `Put it into /etc/swanctl/conf.d/${label}.conf, mode 0600, then: swanctl --load-all`,
    ),
    '',
    'connections {',
    `  ${label} {`,
    ikeLines(parameters).map((line) => `    ${line}`),
    childLines(parameters).map((line) => `    ${line}`),
    '  }',
    '}',
    '',
    'secrets {',
    `  ike-${label} {`,
    `    id-device = ${quoted(presented(parameters.identities, 'fqdn'))}`,
    `    id-cloudflare = ${parameters.cloudflare.outside}`,
    `    secret = ${secret(key ?? keyPlaceholder)}`,
    '  }',
    '}',
    '',
    commented(
      '#',
      'Clean up:',
      `swanctl --terminate --ike ${label}`,
      `rm /etc/swanctl/conf.d/${label}.conf && swanctl --load-all`,
    ),
  )
  return { name: `${label}.swanctl.conf`, language: 'swanctl', text }
}

function ikeLines({ cloudflare, identities }: Parameters): string[] {
  return [
    'version = 2',
    'local_addrs = %any',
    `remote_addrs = ${cloudflare.outside}`,
    'proposals = aes256gcm16-prfsha256-ecp384',
    `rekey_time = ${proposal.ikeLifetime}s`,
    'reauth_time = 0',
    `dpd_delay = ${proposal.dpdInterval}s`,
    'keyingtries = 0',
    'mobike = no',
    'local {',
    '  auth = psk',
    `  id = ${quoted(presented(identities, 'fqdn'))}`,
    '}',
    'remote {',
    '  auth = psk',
    `  id = ${cloudflare.outside}`,
    '}',
  ]
}

function childLines({ label, mark, antiReplay }: Parameters): string[] {
  return [
    'children {',
    `  ${label} {`,
    '    mode = tunnel',
    '    local_ts = 0.0.0.0/0',
    '    remote_ts = 0.0.0.0/0',
    '    esp_proposals = aes256gcm16-ecp384',
    `    rekey_time = ${proposal.childLifetime}s`,
    `    if_id_in = ${mark}`,
    `    if_id_out = ${mark}`,
    ...(antiReplay
      ? ['    # Replay protection is on at Cloudflare, so packets come in order.', '    replay_window = 32']
      : ['    # Packets come from many servers and out of order: a window would drop them.', '    replay_window = 0']),
    '    start_action = start',
    '    dpd_action = restart',
    '    close_action = start',
    '  }',
    '}',
  ]
}

/** What keeps charon from routing everything into the tunnel by itself. */
export function charonText(template: Omit<DeviceTemplate, 'files'>, parameters: Parameters): string {
  return textOf(
    commented(
      '#',
      heading(template, parameters),
      '',
      'Put it into /etc/strongswan.d/ and restart strongSwan. Routes come from you or from BGP, not from 0.0.0.0/0 of the tunnel.',
    ),
    '',
    ...['charon', 'charon-systemd'].map((daemon) => [`${daemon} {`, '  install_routes = no', '}']),
  )
}

function interfaceScript(parameters: Parameters): DeviceFile {
  const { label, mark, cloudflare } = parameters
  const text = textOf(
    '#!/bin/sh',
    commented('#', heading(about, parameters, [networks]), '', 'Run it as root at each start, before strongSwan.'),
    'set -eu',
    '',
    `underlay=$(ip -o route get ${cloudflare.outside} | sed -n 's/.* dev \\([^ ]*\\) .*/\\1/p')`,
    `ip link add ${label} type xfrm dev "$underlay" if_id ${mark}`,
    interfaceLines(parameters, networks.token),
  )
  return { name: `${label}.sh`, language: 'sh', text }
}

/** Address, MTU, MSS and routes of a tunnel interface that is there, and how to take them away. Commands of a shell. */
export function interfaceLines({ label, device, prefixLength, cloudflare, bgp }: Parameters, networks: string): Lines {
  const clamp = `FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${proposal.mss}`
  return [
    `ip address add ${device.inside}/${prefixLength} dev ${label}`,
    `ip link set ${label} mtu ${proposal.mtu} up`,
    `sysctl -q -w net.ipv4.conf.${label}.rp_filter=2`,
    `iptables -t mangle -A ${clamp.replace('FORWARD', `FORWARD -o ${label}`)}`,
    `iptables -t mangle -A ${clamp.replace('FORWARD', `FORWARD -i ${label}`)}`,
    bgp?.announces.includes('0.0.0.0/0')
      ? commented(
          '#',
          'Cloudflare announces 0.0.0.0/0. Keep the way to Cloudflare itself outside the tunnel:',
          `ip route add ${cloudflare.outside}/32 via GATEWAY dev "$underlay"`,
        )
      : null,
    commented('#', `ip route add ${networks} dev ${label}`),
    '',
    commented(
      '#',
      'Clean up:',
      `iptables -t mangle -D ${clamp.replace('FORWARD', `FORWARD -o ${label}`)}`,
      `iptables -t mangle -D ${clamp.replace('FORWARD', `FORWARD -i ${label}`)}`,
      `ip link delete ${label}`,
    ),
  ]
}
