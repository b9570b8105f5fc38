import { routerosQuoted } from '../escape/cli.ts'
import { presented } from '../identities.ts'
import { healthRequests, replayProtection, unfulfilled } from '../needs.ts'
import { type Parameters, parametersOf } from '../parameters.ts'
import { bgpTimers, proposal } from '../proposal.ts'
import { md5Line, writtenKey } from '../secrets.ts'
import type { DeviceTemplate } from '../template.ts'
import { commented, decide, heading, type Lines, textOf, titleOf } from '../text.ts'

const about = {
  id: 'mikrotik',
  vendor: 'MikroTik',
  title: 'MikroTik RouterOS (untested)',
  kind: 'configuration',
  software: 'RouterOS 7',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://help.mikrotik.com/docs/spaces/ROS/pages/11993097/IPsec',
    'https://developers.cloudflare.com/cloudflare-wan/reference/gre-ipsec-tunnels/',
  ],
  tested: 'UNTESTED: neither we nor Cloudflare have run it. Try it on a spare device first.',
  identity: 'fqdn',
} as const satisfies Omit<DeviceTemplate, 'files'>

const networks = decide(1, 'networks', 'a network behind Cloudflare, such as 10.0.0.0/8.')
const lan = decide(2, 'LAN network', 'the network behind this router, such as 192.168.88.0/24.')

export const mikrotik: DeviceTemplate = {
  ...about,
  files(input) {
    const parameters = parametersOf(input)
    const text = textOf(
      commented(
        '#',
        heading(about, parameters, [networks, lan]),
        '',
        'RouterOS has no tunnel interface for IPsec: policies choose the traffic. Health checks of type reply do not work.',
      ),
      '',
      addressLines(parameters),
      ikeLines(parameters, input.key),
      policyLines(parameters),
      firewallLines(parameters),
      bgpLines(parameters),
      '',
      cleanUp(parameters),
    )
    return [{ name: `${parameters.label}.rsc`, language: 'routeros', text }]
  },
  needs: (input) =>
    unfulfilled([
      replayProtection(input, 'RouterOS may drop what comes out of order, and we know of no way to turn that off.'),
      healthRequests(input),
    ]),
}

function addressLines(parameters: Parameters): Lines {
  const { label, device } = parameters
  return [
    `/interface bridge add name=${label} protocol-mode=none comment="Cloudflare ${titleOf(parameters)}"`,
    `/ip address add address=${device.inside}/32 interface=${label}`,
  ]
}

function ikeLines({ label, cloudflare, identities }: Parameters, key: string | null): Lines {
  const written = writtenKey(key, routerosQuoted)
  return [
    `/ip ipsec profile add name=${label} enc-algorithm=aes-256 hash-algorithm=sha256 prf-algorithm=sha256 dh-group=ecp384 lifetime=${proposal.ikeLifetime}s dpd-interval=${proposal.dpdInterval}s dpd-maximum-failures=4 nat-traversal=yes`,
    `/ip ipsec proposal add name=${label} enc-algorithms=aes-256-cbc auth-algorithms=sha256 pfs-group=ecp384 lifetime=${proposal.childLifetime}s`,
    `/ip ipsec peer add name=${label} address=${cloudflare.outside}/32 exchange-mode=ike2 profile=${label}`,
    written.note !== null && `# ${written.note}`,
    `/ip ipsec identity add peer=${label} auth-method=pre-shared-key secret=${written.text} my-id=fqdn:${presented(identities, 'fqdn')} remote-id=address:${cloudflare.outside} generate-policy=no`,
  ]
}

function policyLines({ label, device, cloudflare }: Parameters): Lines {
  const policy = (from: string, to: string) =>
    `/ip ipsec policy add peer=${label} proposal=${label} tunnel=yes level=unique action=encrypt src-address=${from} dst-address=${to}`
  return [
    '# Health checks and BGP go between the inside addresses, your traffic between your networks.',
    policy(`${device.inside}/32`, `${cloudflare.inside}/32`),
    policy(lan.token, networks.token),
  ]
}

function firewallLines({ label }: Parameters): Lines {
  const clamp = (direction: string) =>
    `/ip firewall mangle add chain=forward action=change-mss new-mss=${proposal.mss} protocol=tcp tcp-flags=syn tcp-mss=${proposal.mss + 1}-65535 ipsec-policy=${direction},ipsec passthrough=yes comment=${label}`
  return [
    clamp('in'),
    clamp('out'),
    '# Traffic of the tunnel must not be translated: this rule stands before every masquerade.',
    `/ip firewall nat add chain=srcnat action=accept ipsec-policy=out,ipsec place-before=0 comment=${label}`,
    `/ip firewall filter add chain=input action=accept protocol=icmp ipsec-policy=in,ipsec place-before=0 comment=${label}`,
  ]
}

function bgpLines({ label, bgp, device, cloudflare }: Parameters): Lines {
  if (bgp === null) return null
  return [
    '# BGP tells Cloudflare of your networks. What it learns here changes nothing: policies choose, not routes.',
    `/ip route add dst-address=${cloudflare.inside}/32 gateway=${label}`,
    `/ip firewall address-list add list=${label}-lan address=${lan.token}`,
    `/routing filter rule add chain=${label}-in rule="reject"`,
    `/routing bgp connection add name=${label} as=${bgp.deviceAsn} router-id=${device.inside} local.role=ebgp local.address=${device.inside} remote.address=${cloudflare.inside}/32 remote.as=${bgp.cloudflareAsn} multihop=yes hold-time=${bgpTimers.hold}s keepalive-time=${bgpTimers.keepalive}s input.filter=${label}-in output.network=${label}-lan`,
    md5Line(
      bgp.md5,
      routerosQuoted,
      (text) => `/routing bgp connection set [find name=${label}] tcp-md5-key=${text}`,
      (text) => `# ${text}`,
    ),
  ]
}

function cleanUp({ label, bgp }: Parameters): string[] {
  return commented(
    '#',
    'Clean up:',
    bgp && [
      `/routing bgp connection remove [find name=${label}]`,
      `/routing filter rule remove [find chain=${label}-in]`,
      `/ip firewall address-list remove [find list=${label}-lan]`,
      `/ip route remove [find gateway=${label}]`,
    ],
    `/ip firewall mangle remove [find comment=${label}]`,
    `/ip firewall nat remove [find comment=${label}]`,
    `/ip firewall filter remove [find comment=${label}]`,
    `/ip ipsec policy remove [find peer=${label}]`,
    `/ip ipsec identity remove [find peer=${label}]`,
    `/ip ipsec peer remove [find name=${label}]`,
    `/ip ipsec profile remove [find name=${label}]`,
    `/ip ipsec proposal remove [find name=${label}]`,
    `/interface bridge remove [find name=${label}]`,
  )
}
