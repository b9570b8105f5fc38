import { iosWord } from '../escape/cli.ts'
import { presented } from '../identities.ts'
import { healthRequests, unfulfilled } from '../needs.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers, proposal } from '../proposal.ts'
import { md5Line, writtenKey } from '../secrets.ts'
import type { DeviceTemplate } from '../template.ts'
import { commented, decide, heading, type Lines, textOf, titleOf } from '../text.ts'

const about = {
  id: 'cisco-ios-xe',
  vendor: 'Cisco',
  title: 'Cisco IOS XE',
  kind: 'configuration',
  software: 'IOS XE 17.3 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/cisco-ios-xe/',
    'https://developers.cloudflare.com/cloudflare-wan/reference/gre-ipsec-tunnels/',
  ],
  tested: 'Not run on a router by us. Cloudflare ran a like one, with AES-CBC, on 17.03.07.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

const outside = decide(1, 'outside interface', 'the interface that reaches the internet, such as GigabitEthernet1.')
const networks = decide(
  2,
  'networks',
  'a network behind Cloudflare and its mask, such as 10.0.0.0 255.0.0.0. Not needed where BGP says it.',
)
const lan = decide(3, 'LAN network', 'a network behind this router. Nothing is announced until you name one.')

/** What every tunnel to Cloudflare shares on this router. */
const shared = 'cloudflare'

export const ciscoIosXe: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const text = textOf(
      commented('!', heading(about, parameters, parameters.bgp ? [outside, networks, lan] : [outside, networks])),
      '!',
      ikeLines(parameters, input.key),
      ipsecLines(parameters),
      interfaceLines(parameters),
      bgpLines(parameters),
      commented('!', `ip route ${networks.token} Tunnel${parameters.unit}`),
      'end',
      '!',
      cleanUp(parameters),
    )
    return [{ name: `${parameters.label}.ios.txt`, language: 'ios', text }]
  },
  needs: (input) => unfulfilled([healthRequests(input)]),
}

function ikeLines({ label, cloudflare, identities }: Parameters, key: string | null): Lines {
  const written = writtenKey(key, iosWord)
  return [
    'configure terminal',
    `crypto ikev2 proposal ${shared}`,
    ' encryption aes-gcm-256',
    ' prf sha256',
    ' group 20',
    `crypto ikev2 policy ${shared}`,
    ` proposal ${shared}`,
    `crypto ikev2 keyring ${label}`,
    ` peer ${label}`,
    `  address ${cloudflare.outside}`,
    written.note !== null && `  ! ${written.note}`,
    `  pre-shared-key ${written.text}`,
    `crypto ikev2 profile ${label}`,
    ` match identity remote address ${cloudflare.outside} 255.255.255.255`,
    ` identity local fqdn ${presented(identities, 'fqdn')}`,
    ' authentication remote pre-share',
    ' authentication local pre-share',
    ` keyring local ${label}`,
    ` lifetime ${proposal.ikeLifetime}`,
    ` dpd ${proposal.dpdInterval} 4 periodic`,
    ' no config-exchange request',
    'crypto isakmp invalid-spi-recovery',
  ]
}

function ipsecLines({ label, antiReplay }: Parameters): Lines {
  return [
    `crypto ipsec transform-set ${shared} esp-gcm 256`,
    ' mode tunnel',
    `crypto ipsec profile ${label}`,
    ` set security-association lifetime seconds ${proposal.childLifetime}`,
    ' set security-association lifetime kilobytes disable',
    antiReplay
      ? ' ! Replay protection is on at Cloudflare: packets come in order.'
      : ' set security-association replay disable',
    ` set transform-set ${shared}`,
    ' set pfs group20',
    ` set ikev2-profile ${label}`,
  ]
}

function interfaceLines(parameters: Parameters): Lines {
  const { label, unit, device, cloudflare, prefixLength } = parameters
  return [
    `interface Tunnel${unit}`,
    ` description Cloudflare ${titleOf(parameters)}`,
    ` ip address ${device.inside} ${prefixLength === 30 ? '255.255.255.252' : '255.255.255.254'}`,
    ` ip mtu ${proposal.mtu}`,
    ` ip tcp adjust-mss ${proposal.mss}`,
    ` tunnel source ${outside.token}`,
    ' tunnel mode ipsec ipv4',
    ` tunnel destination ${cloudflare.outside}`,
    ` tunnel protection ipsec profile ${label}`,
    ' no shutdown',
  ]
}

function bgpLines({ label, bgp, cloudflare }: Parameters): Lines {
  if (bgp === null) return null
  const neighbor = ` neighbor ${cloudflare.inside}`
  return [
    commented('!', 'The way to Cloudflare itself is never learnt through the tunnel.'),
    `ip prefix-list ${label}-in seq 5 deny ${cloudflare.outside}/32`,
    `ip prefix-list ${label}-in seq 10 permit 0.0.0.0/0 le 32`,
    commented('!', `ip prefix-list ${label}-out seq 5 permit ${lan.token}`),
    `ip prefix-list ${label}-out seq 10 deny 0.0.0.0/0 le 32`,
    `router bgp ${bgp.deviceAsn}`,
    `${neighbor} remote-as ${bgp.cloudflareAsn}`,
    `${neighbor} timers ${bgpTimers.keepalive} ${bgpTimers.hold}`,
    md5Line(
      bgp.md5,
      iosWord,
      (text) => `${neighbor} password ${text}`,
      (text) => ` ! ${text}`,
    ),
    ' address-family ipv4',
    `  ! network ${lan.token}`,
    ` ${neighbor} activate`,
    ` ${neighbor} prefix-list ${label}-in in`,
    ` ${neighbor} prefix-list ${label}-out out`,
  ]
}

function cleanUp({ label, unit, bgp, cloudflare }: Parameters): string[] {
  return commented(
    '!',
    'Clean up:',
    bgp && [`router bgp ${bgp.deviceAsn}`, `no neighbor ${cloudflare.inside}`],
    `no interface Tunnel${unit}`,
    `no crypto ipsec profile ${label}`,
    `no crypto ikev2 profile ${label}`,
    `no crypto ikev2 keyring ${label}`,
  )
}
