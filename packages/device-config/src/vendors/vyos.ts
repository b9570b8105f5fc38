import { vyosQuoted } from '../escape/cli.ts'
import { presented } from '../identities.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers, proposal } from '../proposal.ts'
import { md5Line, writtenKey } from '../secrets.ts'
import type { DeviceTemplate } from '../template.ts'
import { commented, decide, heading, type Lines, textOf, titleOf } from '../text.ts'

const about = {
  id: 'vyos',
  vendor: 'VyOS',
  title: 'VyOS',
  kind: 'configuration',
  software: 'VyOS 1.4 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/vyos/',
    'https://docs.vyos.io/en/latest/configuration/vpn/ipsec/site2site_ipsec.html',
  ],
  tested: 'Not run on VyOS by us. Its engine is strongSwan, where the same parameters ran.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

const outside = decide(1, 'outside interface', 'the interface that reaches the internet, such as eth0.')
const networks = decide(2, 'networks', 'a network behind Cloudflare, such as 10.0.0.0/8. Not needed where BGP says it.')
const lan = decide(3, 'LAN network', 'a network behind this router. Nothing is announced until you name one.')

export const vyos: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const text = textOf(
      commented(
        '#',
        heading(about, parameters, parameters.bgp ? [outside, networks, lan] : [outside, networks]),
        '',
        'Paste it after: configure. Then: commit-confirm 5, and confirm and save when it works.',
      ),
      '',
      interfaceLines(parameters),
      groupLines(parameters),
      peerLines(parameters, input.key),
      bgpLines(parameters),
      commented('#', `set protocols static route ${networks.token} interface vti${parameters.unit}`),
      '',
      cleanUp(parameters),
    )
    return [{ name: `${parameters.label}.vyos.txt`, language: 'vyos', text }]
  },
}

const below = (path: string, ...settings: string[]): string[] => settings.map((setting) => `set ${path} ${setting}`)

function interfaceLines(parameters: Parameters): Lines {
  const { unit, device, prefixLength } = parameters
  return below(
    `interfaces vti vti${unit}`,
    `address '${device.inside}/${prefixLength}'`,
    `description 'Cloudflare ${titleOf(parameters)}'`,
    `mtu '${proposal.mtu}'`,
    `ip adjust-mss '${proposal.mss}'`,
  )
}

function groupLines({ label }: Parameters): Lines {
  return [
    below(
      `vpn ipsec ike-group ${label}`,
      "key-exchange 'ikev2'",
      `lifetime '${proposal.ikeLifetime}'`,
      'disable-mobike',
      "close-action 'start'",
      "dead-peer-detection action 'restart'",
      `dead-peer-detection interval '${proposal.dpdInterval}'`,
      `dead-peer-detection timeout '${proposal.dpdTimeout}'`,
      "proposal 1 encryption 'aes256gcm128'",
      "proposal 1 hash 'sha256'",
      "proposal 1 dh-group '20'",
    ),
    below(
      `vpn ipsec esp-group ${label}`,
      `lifetime '${proposal.childLifetime}'`,
      "mode 'tunnel'",
      "pfs 'dh-group20'",
      "proposal 1 encryption 'aes256gcm128'",
      "proposal 1 hash 'sha256'",
    ),
    `set vpn ipsec interface '${outside.token}'`,
    'set vpn ipsec options disable-route-autoinstall',
  ]
}

function peerLines({ label, unit, cloudflare, identities, antiReplay }: Parameters, key: string | null): Lines {
  const written = writtenKey(key, vyosQuoted)
  const identity = presented(identities, 'fqdn')
  const peer = `vpn ipsec site-to-site peer ${label}`
  return [
    written.note !== null && `# ${written.note}`,
    below(
      `vpn ipsec authentication psk ${label}`,
      `id '${identity}'`,
      `id '${cloudflare.outside}'`,
      `secret ${written.text}`,
    ),
    below(
      peer,
      "authentication mode 'pre-shared-secret'",
      `authentication local-id '${identity}'`,
      `authentication remote-id '${cloudflare.outside}'`,
      "connection-type 'initiate'",
      `ike-group '${label}'`,
      "local-address 'any'",
      `remote-address '${cloudflare.outside}'`,
      `vti bind 'vti${unit}'`,
      `vti esp-group '${label}'`,
    ),
    !antiReplay && [
      '# Where VyOS refuses the next line, turn replay protection on at Cloudflare instead.',
      below(peer, "replay-window '0'"),
    ],
  ]
}

function bgpLines({ label, bgp, device, cloudflare }: Parameters): Lines {
  if (bgp === null) return null
  const neighbor = `protocols bgp neighbor ${cloudflare.inside}`
  const list = `policy prefix-list ${label}`
  return [
    '# The way to Cloudflare itself is never learnt through the tunnel.',
    below(`${list}-in rule 5`, "action 'deny'", `prefix '${cloudflare.outside}/32'`),
    below(`${list}-in rule 10`, "action 'permit'", "prefix '0.0.0.0/0'", "le '32'"),
    commented('#', below(`${list}-out rule 5`, "action 'permit'", `prefix '${lan.token}'`)),
    below(`${list}-out rule 10`, "action 'deny'", "prefix '0.0.0.0/0'", "le '32'"),
    below('protocols bgp', `system-as '${bgp.deviceAsn}'`, `parameters router-id '${device.inside}'`),
    commented('#', `set protocols bgp address-family ipv4-unicast network ${lan.token}`),
    below(
      neighbor,
      `remote-as '${bgp.cloudflareAsn}'`,
      `timers keepalive '${bgpTimers.keepalive}'`,
      `timers holdtime '${bgpTimers.hold}'`,
      `timers connect '${bgpTimers.retry}'`,
      `address-family ipv4-unicast prefix-list import '${label}-in'`,
      `address-family ipv4-unicast prefix-list export '${label}-out'`,
    ),
    md5Line(
      bgp.md5,
      // It goes into FRR, which takes one word.
      (value) => (value.includes(' ') ? null : vyosQuoted(value)),
      (text) => `set ${neighbor} password ${text}`,
      (text) => `# ${text}`,
    ),
  ]
}

function cleanUp({ label, unit, bgp, cloudflare }: Parameters): string[] {
  return commented(
    '#',
    'Clean up:',
    bgp && [
      `delete protocols bgp neighbor ${cloudflare.inside}`,
      `delete policy prefix-list ${label}-in`,
      `delete policy prefix-list ${label}-out`,
    ],
    `delete vpn ipsec site-to-site peer ${label}`,
    `delete vpn ipsec authentication psk ${label}`,
    `delete vpn ipsec ike-group ${label}`,
    `delete vpn ipsec esp-group ${label}`,
    `delete interfaces vti vti${unit}`,
  )
}
