import { junosQuoted } from '../escape/cli.ts'
import { presented } from '../identities.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers, proposal } from '../proposal.ts'
import { md5Line, writtenKey } from '../secrets.ts'
import type { DeviceTemplate } from '../template.ts'
import { commented, decide, heading, type Lines, textOf, titleOf } from '../text.ts'

const about = {
  id: 'juniper-srx',
  vendor: 'Juniper',
  title: 'Juniper SRX',
  kind: 'configuration',
  software: 'Junos 21.4 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: ['https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/juniper/'],
  tested:
    'Not run on an SRX by us. Cloudflare ran a like one on an SRX 320 with 23.4R2; AES-CBC with SHA-256 is what ran there.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

const outside = decide(1, 'outside interface', 'the interface that reaches the internet, such as ge-0/0/0.0.')
const outsideZone = decide(2, 'outside zone', 'its security zone, such as untrust.')
const insideZone = decide(3, 'LAN zone', 'the security zone of your own network, such as trust.')
const networks = decide(4, 'networks', 'a network behind Cloudflare, such as 10.0.0.0/8. Not needed where BGP says it.')
const lan = decide(5, 'LAN network', 'a network behind this firewall. Nothing is announced until you name one.')

const proposals = 'cloudflare-aes256-sha256-dh20'

export const juniperSrx: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const decisions = [outside, outsideZone, insideZone, networks, ...(parameters.bgp ? [lan] : [])]
    const text = textOf(
      commented(
        '#',
        heading(about, parameters, decisions),
        '',
        'Paste it in configuration mode, then: commit confirmed 5, and commit when it works.',
      ),
      '',
      ikeLines(parameters, input.key),
      ipsecLines(parameters),
      interfaceLines(parameters),
      bgpLines(parameters),
      commented('#', `set routing-options static route ${networks.token} next-hop st0.${parameters.unit}`),
      '',
      cleanUp(parameters),
    )
    return [{ name: `${parameters.label}.junos.txt`, language: 'junos', text }]
  },
}

/** Each setting below a path of the configuration. */
const below = (path: string, ...settings: (string | null)[]): Lines =>
  settings.map((setting) => setting && `set ${path} ${setting}`)

function ikeLines({ label, cloudflare, identities }: Parameters, key: string | null): Lines {
  const written = writtenKey(key, junosQuoted)
  return [
    below(
      `security ike proposal ${proposals}`,
      'authentication-method pre-shared-keys',
      'dh-group group20',
      'authentication-algorithm sha-256',
      'encryption-algorithm aes-256-cbc',
      `lifetime-seconds ${proposal.ikeLifetime}`,
    ),
    written.note !== null && `# ${written.note}`,
    below(`security ike policy ${label}`, `proposals ${proposals}`, `pre-shared-key ascii-text ${written.text}`),
    below(
      `security ike gateway ${label}`,
      `ike-policy ${label}`,
      `address ${cloudflare.outside}`,
      `local-identity hostname ${presented(identities, 'fqdn')}`,
      `remote-identity inet ${cloudflare.outside}`,
      `external-interface ${outside.token}`,
      'dead-peer-detection probe-idle-tunnel',
      `dead-peer-detection interval ${proposal.dpdInterval}`,
      'dead-peer-detection threshold 4',
      'version v2-only',
    ),
  ]
}

function ipsecLines({ label, unit, antiReplay }: Parameters): Lines {
  return [
    below(
      `security ipsec proposal ${proposals}`,
      'protocol esp',
      'authentication-algorithm hmac-sha-256-128',
      'encryption-algorithm aes-256-cbc',
      `lifetime-seconds ${proposal.childLifetime}`,
    ),
    below(`security ipsec policy ${proposals}`, 'perfect-forward-secrecy keys group20', `proposals ${proposals}`),
    below(
      `security ipsec vpn ${label}`,
      `bind-interface st0.${unit}`,
      `ike gateway ${label}`,
      `ike ipsec-policy ${proposals}`,
      antiReplay ? null : 'ike no-anti-replay',
      'establish-tunnels immediately',
    ),
  ]
}

function interfaceLines(parameters: Parameters): Lines {
  const { unit, device, prefixLength, bgp } = parameters
  const policy = (from: string, to: string) =>
    below(
      `security policies from-zone ${from} to-zone ${to} policy cloudflare`,
      'match source-address any destination-address any application any',
      'then permit',
    )
  return [
    below(
      `interfaces st0 unit ${unit}`,
      `description "Cloudflare ${titleOf(parameters)}"`,
      `family inet mtu ${proposal.mtu}`,
      `family inet address ${device.inside}/${prefixLength}`,
    ),
    below('security flow tcp-mss ipsec-vpn', `mss ${proposal.mss}`),
    below(
      `security zones security-zone cloudflare interfaces st0.${unit} host-inbound-traffic`,
      'system-services ping',
      bgp && 'protocols bgp',
    ),
    below(
      `security zones security-zone ${outsideZone.token} interfaces ${outside.token} host-inbound-traffic`,
      'system-services ike',
    ),
    '# Both directions, and all of it: narrow them to what you want.',
    policy(insideZone.token, 'cloudflare'),
    policy('cloudflare', insideZone.token),
  ]
}

function bgpLines({ label, bgp, device, cloudflare }: Parameters): Lines {
  if (bgp === null) return null
  return [
    '# The way to Cloudflare itself is never learnt through the tunnel.',
    below(
      `policy-options policy-statement ${label}-in`,
      `term cloudflare from route-filter ${cloudflare.outside}/32 exact`,
      'term cloudflare then reject',
      'term rest then accept',
    ),
    commented(
      '#',
      below(
        `policy-options policy-statement ${label}-out term lan`,
        `from route-filter ${lan.token} exact`,
        'then accept',
      ),
    ),
    below(`policy-options policy-statement ${label}-out`, 'term rest then reject'),
    '# If this firewall already has another number, leave the next line out and set local-as in the group.',
    below('routing-options', `autonomous-system ${bgp.deviceAsn}`),
    below(
      `protocols bgp group ${label}`,
      'type external',
      `import ${label}-in`,
      `export ${label}-out`,
      `hold-time ${bgpTimers.hold}`,
      `local-address ${device.inside}`,
      `peer-as ${bgp.cloudflareAsn}`,
    ),
    md5Line(
      bgp.md5,
      junosQuoted,
      (text) => `set protocols bgp group ${label} authentication-key ${text}`,
      (text) => `# ${text}`,
    ),
    below(`protocols bgp group ${label}`, `neighbor ${cloudflare.inside}`),
  ]
}

function cleanUp({ label, unit, bgp }: Parameters): string[] {
  return commented(
    '#',
    'Clean up:',
    bgp && [
      `delete protocols bgp group ${label}`,
      `delete policy-options policy-statement ${label}-in`,
      `delete policy-options policy-statement ${label}-out`,
    ],
    `delete security ipsec vpn ${label}`,
    `delete security ike gateway ${label}`,
    `delete security ike policy ${label}`,
    `delete security zones security-zone cloudflare interfaces st0.${unit}`,
    `delete interfaces st0 unit ${unit}`,
  )
}
