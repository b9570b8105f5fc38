import { birdString, frrWord } from './escape/routing.ts'
import type { Parameters } from './parameters.ts'
import { bgpTimers } from './proposal.ts'
import { md5Line } from './secrets.ts'
import type { DeviceFile, DeviceTemplate } from './template.ts'
import { commented, decide, heading, type Lines, textOf } from './text.ts'

type Template = Omit<DeviceTemplate, 'files'>

const lan = decide(
  1,
  'LAN network',
  'a network behind this device, such as 192.0.2.0/24. Nothing is announced until you name one.',
)

/** Networks not to learn: the way to Cloudflare itself must stay outside the tunnel. */
const outsideNet = ({ cloudflare }: Parameters) => `${cloudflare.outside}/32`

/** BIRD 2 and FRR, of which the reader takes one; nothing without BGP. */
export function routingFiles(template: Template, parameters: Parameters): DeviceFile[] {
  return parameters.bgp === null ? [] : [birdFile(template, parameters), frrFile(template, parameters)]
}

function birdFile(template: Template, parameters: Parameters): DeviceFile {
  const text = textOf(
    commented(
      '#',
      heading(template, parameters, [lan]),
      '',
      'BIRD 2: /etc/bird/bird.conf. Take this file or the one for FRR.',
    ),
    '',
    'log syslog all;',
    `router id ${parameters.device.inside};`,
    '',
    'protocol device {',
    '}',
    '',
    'protocol kernel {',
    '  ipv4 {',
    '    import none;',
    '    export where source = RTS_BGP;',
    '  };',
    '}',
    '',
    `protocol static ${parameters.symbol}_lan {`,
    '  ipv4;',
    `  # route ${lan.token} blackhole;`,
    '}',
    '',
    birdSession(parameters),
    '',
    commented('#', `Clean up: take out ${parameters.symbol} and ${parameters.symbol}_lan, then: birdc configure`),
  )
  return { name: 'bird.conf', language: 'bird', text }
}

function birdSession(parameters: Parameters): Lines {
  const { symbol, bgp, device, cloudflare } = parameters
  if (bgp === null) return null
  return [
    `protocol bgp ${symbol} {`,
    `  local ${device.inside} as ${bgp.deviceAsn};`,
    `  neighbor ${cloudflare.inside} as ${bgp.cloudflareAsn};`,
    `  hold time ${bgpTimers.hold};`,
    `  keepalive time ${bgpTimers.keepalive};`,
    `  connect retry time ${bgpTimers.retry};`,
    md5Line(
      bgp.md5,
      birdString,
      (text) => `  password ${text};`,
      (text) => `  # ${text}`,
    ),
    '  ipv4 {',
    '    # The way to Cloudflare itself is never learnt through the tunnel.',
    `    import filter { if net ~ [ ${outsideNet(parameters)} ] then reject; accept; };`,
    `    export where proto = "${symbol}_lan";`,
    '  };',
    '}',
  ]
}

function frrFile(template: Template, parameters: Parameters): DeviceFile {
  const { label, bgp, device } = parameters
  const text = textOf(
    commented(
      '!',
      heading(template, parameters, [lan]),
      '',
      'FRR: /etc/frr/frr.conf, with bgpd=yes in /etc/frr/daemons.',
    ),
    'frr defaults traditional',
    '!',
    commented('!', 'The way to Cloudflare itself is never learnt through the tunnel.'),
    `ip prefix-list ${label}-in seq 5 deny ${outsideNet(parameters)}`,
    `ip prefix-list ${label}-in seq 10 permit any`,
    commented('!', `ip prefix-list ${label}-out seq 5 permit ${lan.token}`),
    `ip prefix-list ${label}-out seq 10 deny any`,
    '!',
    `router bgp ${bgp?.deviceAsn}`,
    ` bgp router-id ${device.inside}`,
    frrSession(parameters),
    '!',
    commented(
      '!',
      `Clean up: no router bgp ${bgp?.deviceAsn}, no ip prefix-list ${label}-in, no ip prefix-list ${label}-out`,
    ),
  )
  return { name: 'frr.conf', language: 'frr', text }
}

function frrSession({ bgp, cloudflare, label }: Parameters): Lines {
  if (bgp === null) return null
  const neighbor = ` neighbor ${cloudflare.inside}`
  return [
    `${neighbor} remote-as ${bgp.cloudflareAsn}`,
    `${neighbor} timers ${bgpTimers.keepalive} ${bgpTimers.hold}`,
    `${neighbor} timers connect ${bgpTimers.retry}`,
    md5Line(
      bgp.md5,
      frrWord,
      (text) => `${neighbor} password ${text}`,
      (text) => ` ! ${text}`,
    ),
    ' address-family ipv4 unicast',
    `  ! network ${lan.token}`,
    ` ${neighbor} activate`,
    ` ${neighbor} prefix-list ${label}-in in`,
    ` ${neighbor} prefix-list ${label}-out out`,
    ' exit-address-family',
  ]
}
