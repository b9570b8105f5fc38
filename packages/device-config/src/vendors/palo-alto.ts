import { panosQuoted } from '../escape/cli.ts'
import { presented } from '../identities.ts'
import { healthRequests, unfulfilled } from '../needs.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers, proposal } from '../proposal.ts'
import { md5Line, writtenKey } from '../secrets.ts'
import type { DeviceTemplate } from '../template.ts'
import { commented, decide, heading, type Lines, textOf, titleOf } from '../text.ts'

const about = {
  id: 'palo-alto',
  vendor: 'Palo Alto Networks',
  title: 'Palo Alto Networks PAN-OS (set commands)',
  kind: 'configuration',
  software: 'PAN-OS 10.2 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: ['https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/palo-alto/'],
  tested:
    'Not run on a firewall by us. Cloudflare ran a like one on a PA-440 with 11.2.8; AES-CBC with SHA-256 is what ran there. The BGP part was not run by anybody we know.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

const outside = decide(1, 'outside interface', 'the interface that reaches the internet, such as ethernet1/1.')
const router = decide(2, 'virtual router', 'the virtual router of both interfaces, such as default.')
const insideZone = decide(3, 'LAN zone', 'the zone of your own network, such as trust.')
const networks = decide(4, 'networks', 'a network behind Cloudflare, such as 10.0.0.0/8. Not needed where BGP says it.')
const lan = decide(5, 'LAN network', 'a network behind this firewall. Nothing is announced until you name one.')

const shared = 'cloudflare'

export const paloAlto: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const decisions = [outside, router, insideZone, networks, ...(parameters.bgp ? [lan] : [])]
    const text = textOf(
      commented(
        '#',
        heading(about, parameters, decisions),
        '',
        'Paste the set lines in configuration mode; PAN-OS knows no comments and refuses the lines that begin with #. Then: commit',
        `It begins when traffic wants through. To begin now: test vpn ipsec-sa tunnel ${parameters.label}`,
      ),
      '',
      cryptoLines(),
      interfaceLines(parameters),
      gatewayLines(parameters, input.key),
      tunnelLines(parameters),
      rules(parameters),
      bgpLines(parameters),
      routeLines(parameters),
      '',
      cleanUp(parameters),
    )
    return [{ name: `${parameters.label}.panos.txt`, language: 'panos', text }]
  },
  needs: (input) => unfulfilled([healthRequests(input)]),
}

const below = (path: string, ...settings: string[]): string[] => settings.map((setting) => `set ${path} ${setting}`)

function cryptoLines(): Lines {
  const profiles = 'network ike crypto-profiles'
  return [
    below(
      `${profiles} ike-crypto-profiles ${shared}`,
      'hash sha256',
      'dh-group group20',
      'encryption aes-256-cbc',
      `lifetime hours ${proposal.ikeLifetime / 3600}`,
    ),
    below(
      `${profiles} ipsec-crypto-profiles ${shared}`,
      'esp authentication sha256',
      'esp encryption aes-256-cbc',
      'dh-group group20',
      `lifetime hours ${proposal.childLifetime / 3600}`,
    ),
  ]
}

function interfaceLines(parameters: Parameters): Lines {
  const { unit, device, prefixLength } = parameters
  return [
    `set network profiles interface-management-profile ${shared}-ping ping yes`,
    below(
      `network interface tunnel units tunnel.${unit}`,
      `ip ${device.inside}/${prefixLength}`,
      `mtu ${proposal.mtu}`,
      `interface-management-profile ${shared}-ping`,
      `comment "Cloudflare ${titleOf(parameters)}"`,
    ),
    `set network virtual-router ${router.token} interface tunnel.${unit}`,
    `set zone ${shared} network layer3 tunnel.${unit}`,
  ]
}

function gatewayLines({ label, cloudflare, identities }: Parameters, key: string | null): Lines {
  const written = writtenKey(key, panosQuoted)
  const gateway = `network ike gateway ${label}`
  return [
    written.note !== null && `# ${written.note}`,
    below(
      gateway,
      `authentication pre-shared-key key ${written.text}`,
      'protocol version ikev2',
      `protocol ikev2 ike-crypto-profile ${shared}`,
      'protocol ikev2 dpd enable yes',
      'protocol-common nat-traversal enable yes',
      'protocol-common passive-mode no',
      `local-address interface ${outside.token}`,
      `peer-address ip ${cloudflare.outside}`,
      `local-id type fqdn id "${presented(identities, 'fqdn')}"`,
      `peer-id type ipaddr id ${cloudflare.outside}`,
    ),
  ]
}

function tunnelLines({ label, unit, antiReplay }: Parameters): Lines {
  return below(
    `network tunnel ipsec ${label}`,
    `auto-key ike-gateway ${label}`,
    `auto-key ipsec-crypto-profile ${shared}`,
    `tunnel-interface tunnel.${unit}`,
    'tunnel-monitor enable no',
    `anti-replay ${antiReplay ? 'yes' : 'no'}`,
  )
}

function rules({ label }: Parameters): Lines {
  const rule = (name: string, from: string, to: string) =>
    below(
      `rulebase security rules ${label}-${name}`,
      `from ${from}`,
      `to ${to}`,
      'source any',
      'destination any',
      'application any',
      'service any',
      'action allow',
    )
  return [
    '# Both directions, and all of it: narrow them to what you want.',
    rule('out', insideZone.token, shared),
    rule('in', shared, insideZone.token),
  ]
}

function routeLines({ label, unit, cloudflare }: Parameters): Lines {
  return commented(
    '#',
    below(
      `network virtual-router ${router.token} routing-table ip static-route ${label}`,
      `destination ${networks.token}`,
      `interface tunnel.${unit}`,
      `nexthop ip-address ${cloudflare.inside}`,
    ),
  )
}

function bgpLines({ label, unit, bgp, device, cloudflare, prefixLength }: Parameters): Lines {
  if (bgp === null) return null
  const protocol = `network virtual-router ${router.token} protocol bgp`
  const peer = `peer-group ${label} peer ${label}`
  const password = md5Line(
    bgp.md5,
    panosQuoted,
    (text) => `set ${protocol} auth-profile ${label} secret ${text}`,
    (text) => `# ${text}`,
  )
  return [
    below(
      protocol,
      'enable yes',
      `router-id ${device.inside}`,
      `local-as ${bgp.deviceAsn}`,
      'install-route yes',
      `peer-group ${label} type ebgp`,
      `${peer} enable yes`,
      `${peer} peer-as ${bgp.cloudflareAsn}`,
      `${peer} local-address interface tunnel.${unit}`,
      `${peer} local-address ip ${device.inside}/${prefixLength}`,
      `${peer} peer-address ip ${cloudflare.inside}`,
      `${peer} connection-options hold-time ${bgpTimers.hold}`,
      `${peer} connection-options keep-alive-interval ${bgpTimers.keepalive}`,
    ),
    password,
    password?.startsWith('set ') ? `set ${protocol} ${peer} connection-options authentication ${label}` : null,
    commented('#', `Announce ${lan.token} by a redistribution rule and an export rule of peer group ${label}.`),
    commented('#', `Do not import ${cloudflare.outside}/32: the way to Cloudflare itself stays outside the tunnel.`),
  ]
}

function cleanUp({ label, unit, bgp }: Parameters): string[] {
  return commented(
    '#',
    'Clean up:',
    bgp && `delete network virtual-router ${router.token} protocol bgp peer-group ${label}`,
    `delete rulebase security rules ${label}-out`,
    `delete rulebase security rules ${label}-in`,
    `delete network tunnel ipsec ${label}`,
    `delete network ike gateway ${label}`,
    `delete zone ${shared} network layer3 tunnel.${unit}`,
    `delete network virtual-router ${router.token} interface tunnel.${unit}`,
    `delete network interface tunnel units tunnel.${unit}`,
  )
}
