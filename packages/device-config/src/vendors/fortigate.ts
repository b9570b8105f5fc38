import { fortiQuoted } from '../escape/cli.ts'
import { presented } from '../identities.ts'
import { healthRequests, unfulfilled } from '../needs.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers, proposal } from '../proposal.ts'
import { md5Line, writtenKey } from '../secrets.ts'
import type { DeviceTemplate } from '../template.ts'
import { commented, decide, heading, type Lines, textOf, titleOf } from '../text.ts'

const about = {
  id: 'fortigate',
  vendor: 'Fortinet',
  title: 'Fortinet FortiGate',
  kind: 'configuration',
  software: 'FortiOS 7.0 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: ['https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/fortinet/'],
  tested: 'Not run on a FortiGate by us. Cloudflare ran a like one on FortiOS 7.0.8 and 7.0.12.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

const outside = decide(1, 'outside interface', 'the interface that reaches the internet, such as wan1.')
const inside = decide(2, 'LAN interface', 'the interface of your own network, such as internal.')
const networks = decide(3, 'networks', 'a network behind Cloudflare, such as 10.0.0.0/8. Not needed where BGP says it.')
const lan = decide(4, 'LAN network', 'a network behind this firewall. Nothing is announced until you name one.')

export const fortigate: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const decisions = [outside, inside, networks, ...(parameters.bgp ? [lan] : [])]
    const text = textOf(
      commented('#', heading(about, parameters, decisions)),
      '',
      phaseOne(parameters, input.key),
      phaseTwo(parameters),
      interfaceLines(parameters),
      policies(parameters),
      bgpLines(parameters),
      commented(
        '#',
        'A route for each network, where BGP does not say it:',
        'config router static',
        'edit 0',
        `set dst ${networks.token}`,
        `set device ${parameters.label}`,
        'end',
      ),
      '',
      commented(
        '#',
        'Clean up: delete the policies and routes that name it, then:',
        'config vpn ipsec phase2-interface',
        `delete ${parameters.label}`,
        'end',
        'config vpn ipsec phase1-interface',
        `delete ${parameters.label}`,
        'end',
      ),
    )
    return [{ name: `${parameters.label}.fortios.txt`, language: 'fortios', text }]
  },
  needs: (input) => unfulfilled([healthRequests(input)]),
}

/** `config` … `end` around what is set of one object. */
const block = (path: string, name: string, ...settings: Lines[]): Lines => [
  `config ${path}`,
  `    edit ${name}`,
  settings,
  '    next',
  'end',
]

const set = (text: string) => `        set ${text}`

function phaseOne({ label, cloudflare, identities }: Parameters, key: string | null): Lines {
  const written = writtenKey(key, fortiQuoted)
  return [
    written.note !== null && `# ${written.note}`,
    block(
      'vpn ipsec phase1-interface',
      `"${label}"`,
      set(`interface "${outside.token}"`),
      set('ike-version 2'),
      set(`keylife ${proposal.ikeLifetime}`),
      set('peertype any'),
      set('net-device enable'),
      set('proposal aes256gcm-prfsha256'),
      set(`localid "${presented(identities, 'fqdn')}"`),
      set('localid-type fqdn'),
      set('dhgrp 20'),
      set('nattraversal enable'),
      set('dpd on-idle'),
      set(`dpd-retryinterval ${proposal.dpdInterval}`),
      set(`remote-gw ${cloudflare.outside}`),
      set(`psksecret ${written.text}`),
    ),
  ]
}

function phaseTwo({ label, antiReplay }: Parameters): Lines {
  return block(
    'vpn ipsec phase2-interface',
    `"${label}"`,
    set(`phase1name "${label}"`),
    set('proposal aes256gcm'),
    set('dhgrp 20'),
    set(`replay ${antiReplay ? 'enable' : 'disable'}`),
    set(`keylifeseconds ${proposal.childLifetime}`),
    set('auto-negotiate enable'),
    set('keepalive enable'),
  )
}

function interfaceLines(parameters: Parameters): Lines {
  const { label, device, cloudflare, prefixLength } = parameters
  return [
    block(
      'system interface',
      `"${label}"`,
      set(`ip ${device.inside} 255.255.255.255`),
      set(`remote-ip ${cloudflare.inside} ${prefixLength === 30 ? '255.255.255.252' : '255.255.255.254'}`),
      set('allowaccess ping'),
      set('mtu-override enable'),
      set(`mtu ${proposal.mtu}`),
      set(`tcp-mss ${proposal.mss}`),
      set(`description "Cloudflare ${titleOf(parameters)}"`),
    ),
    '# Answers to health checks may leave by another way than the questions came.',
    'config system settings',
    '    set asymroute-icmp enable',
    'end',
  ]
}

function policies({ label }: Parameters): Lines {
  const policy = (name: string, from: string, to: string) =>
    block(
      'firewall policy',
      '0',
      set(`name "${label}-${name}"`),
      set(`srcintf "${from}"`),
      set(`dstintf "${to}"`),
      set('srcaddr "all"'),
      set('dstaddr "all"'),
      set('action accept'),
      set('schedule "always"'),
      set('service "ALL"'),
    )
  return [
    '# Both directions, and all of it: narrow them to what you want.',
    policy('out', inside.token, label),
    policy('in', label, inside.token),
  ]
}

function bgpLines({ label, bgp, device, cloudflare }: Parameters): Lines {
  if (bgp === null) return null
  return [
    '# The way to Cloudflare itself is never learnt through the tunnel.',
    block(
      'router prefix-list',
      `"${label}-in"`,
      rules(['deny', `${cloudflare.outside} 255.255.255.255`], ['permit', 'any']),
    ),
    block('router prefix-list', `"${label}-out"`, rules(['deny', 'any'])),
    `# Before the rule that denies the rest: edit 1, set action permit, set prefix ${lan.token}`,
    'config router bgp',
    `    set as ${bgp.deviceAsn}`,
    `    set router-id ${device.inside}`,
    '    config neighbor',
    `        edit "${cloudflare.inside}"`,
    [
      set(`remote-as ${bgp.cloudflareAsn}`),
      set(`keep-alive-timer ${bgpTimers.keepalive}`),
      set(`holdtime-timer ${bgpTimers.hold}`),
      set(`connect-timer ${bgpTimers.retry}`),
      md5Line(
        bgp.md5,
        fortiQuoted,
        (text) => set(`password ${text}`),
        (text) => `        # ${text}`,
      ),
      set(`prefix-list-in "${label}-in"`),
      set(`prefix-list-out "${label}-out"`),
    ].map((line) => line && `    ${line}`),
    '        next',
    '    end',
    `    # config network, edit 0, set prefix ${lan.token}, next, end`,
    'end',
  ]
}

/** The rules of a prefix list, the last with number 10 and those before by fives, so that there is room. */
function rules(...list: [action: string, prefix: string][]): Lines {
  return [
    '        config rule',
    list.map(([action, prefix], index) => [
      `            edit ${10 - (list.length - 1 - index) * 5}`,
      `                set action ${action}`,
      `                set prefix ${prefix}`,
      '                unset ge',
      '                unset le',
      '            next',
    ]),
    '        end',
  ]
}
