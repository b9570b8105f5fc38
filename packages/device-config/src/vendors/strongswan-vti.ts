import { routingFiles } from '../bgp.ts'
import { legacySecret } from '../escape/strongswan.ts'
import { presented } from '../identities.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { proposal } from '../proposal.ts'
import { type DeviceFile, type DeviceTemplate, keyPlaceholder } from '../template.ts'
import { commented, heading, textOf } from '../text.ts'
import { charonText, interfaceLines, networks } from './strongswan.ts'

const about = {
  id: 'strongswan-vti',
  vendor: 'strongSwan',
  title: 'strongSwan (ipsec.conf and a VTI)',
  kind: 'configuration',
  software: 'strongSwan 5.3 or newer with its old ipsec.conf',
  version: '1',
  sourceDate: '2026-11-28',
  sources: ['https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/strongswan/'],
  tested:
    'Not run by us in this form: where you can, take the one with swanctl, which we ran. Cloudflare describes a like one.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

export const strongswanVti: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    return [
      connection(parameters),
      secrets(parameters, input.key),
      { name: 'cloudflare-charon.conf', language: 'strongswan', text: charonText(about, parameters) },
      vtiScript(parameters),
      ...routingFiles(about, parameters),
    ]
  },
}

function connection(parameters: Parameters): DeviceFile {
  const { label, mark, cloudflare, identities, antiReplay } = parameters
  const settings = [
    'keyexchange=ikev2',
    'type=tunnel',
    'authby=secret',
    'ike=aes256gcm16-prfsha256-ecp384!',
    'esp=aes256gcm16-ecp384!',
    `ikelifetime=${proposal.ikeLifetime}s`,
    `lifetime=${proposal.childLifetime}s`,
    'reauth=no',
    'keyingtries=%forever',
    'dpdaction=restart',
    `dpddelay=${proposal.dpdInterval}s`,
    'closeaction=restart',
    'mobike=no',
    'left=%defaultroute',
    `leftid=@${presented(identities, 'fqdn')}`,
    'leftsubnet=0.0.0.0/0',
    `right=${cloudflare.outside}`,
    `rightid=${cloudflare.outside}`,
    'rightsubnet=0.0.0.0/0',
    `mark=${mark}`,
    `replay_window=${antiReplay ? 32 : 0}`,
    'auto=start',
  ]
  const text = textOf(
    commented('#', heading(about, parameters), '', 'Add it to /etc/ipsec.conf, then: ipsec update'),
    '',
    `conn ${label}`,
    settings.map((setting) => `    ${setting}`),
    '',
    commented('#', `Clean up: ipsec down ${label}, take this part out, then: ipsec update`),
  )
  return { name: 'ipsec.conf', language: 'ipsec', text }
}

function secrets(parameters: Parameters, key: string | null): DeviceFile {
  const { cloudflare, identities } = parameters
  const text = textOf(
    commented(
      '#',
      heading(about, parameters),
      '',
      'Add it to /etc/ipsec.secrets, mode 0600, then: ipsec rereadsecrets',
    ),
    '',
    `@${presented(identities, 'fqdn')} ${cloudflare.outside} : PSK ${legacySecret(key ?? keyPlaceholder)}`,
  )
  return { name: 'ipsec.secrets', language: 'ipsec', text }
}

function vtiScript(parameters: Parameters): DeviceFile {
  const { label, mark, cloudflare } = parameters
  const text = textOf(
    '#!/bin/sh',
    commented('#', heading(about, parameters, [networks]), '', 'Run it as root at each start, before strongSwan.'),
    'set -eu',
    '',
    `route=$(ip -o route get ${cloudflare.outside})`,
    `underlay=$(echo "$route" | sed -n 's/.* dev \\([^ ]*\\) .*/\\1/p')`,
    `source=$(echo "$route" | sed -n 's/.* src \\([^ ]*\\) .*/\\1/p')`,
    `ip tunnel add ${label} mode vti local "$source" remote ${cloudflare.outside} key ${mark} dev "$underlay"`,
    `sysctl -q -w net.ipv4.conf.${label}.disable_policy=1`,
    interfaceLines(parameters, networks.token),
  )
  return { name: `${label}.sh`, language: 'sh', text }
}
