import { cidrContains, formatIpv4, networkOf, parseCidr } from '@tunnel-console/shared/ip'
import { block, cloudFiles, keyExpression, variable } from '../clouds.ts'
import { hclString } from '../escape/hcl.ts'
import { noMd5, replayProtection, unfulfilled } from '../needs.ts'
import type { Parameters } from '../parameters.ts'
import type { DeviceInput, DeviceTemplate, Missing } from '../template.ts'
import type { Lines } from '../text.ts'
import { titleOf } from '../text.ts'

const about = {
  id: 'aws',
  vendor: 'Amazon Web Services',
  title: 'AWS VPN connection on a transit gateway',
  kind: 'sheet',
  software: 'Terraform, provider hashicorp/aws 5 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/aws/',
    'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html',
  ],
  tested: 'Not applied to AWS by us. Cloudflare describes these settings with a transit gateway.',
  identity: 'ipv4',
} as const satisfies Omit<DeviceTemplate, 'files'>

const steps = [
  'Make the VPN connection below. AWS gives it two outside addresses; this file sets up the first.',
  'The customer endpoint of this tunnel must be the outside address of the first tunnel at AWS (the output below).',
  'AWS is the first host of the /30, Cloudflare the second.',
  'A second Cloudflare tunnel uses the same settings with tunnel2_ instead of tunnel1_.',
]

const settings = {
  'Routing options': 'dynamic with BGP, static without',
  'Inside IPv4 CIDR': 'the /30 of this tunnel',
  'Phase 1': 'IKEv2, AES256-GCM-16, SHA2-256, group 20, 28800 s (the longest that AWS takes)',
  'Phase 2': 'AES256-GCM-16, SHA2-256, group 20, 3600 s (the longest that AWS takes)',
  'Startup action': 'Start',
  'DPD timeout action': 'Restart',
}

export const aws: DeviceTemplate = {
  ...about,
  files: (input) => cloudFiles(about, input, { resources, steps, settings }),
  needs,
}

function resources(parameters: Parameters): Lines {
  const { symbol, cloudflare, bgp } = parameters
  const gateway = `aws_customer_gateway.${symbol}`
  return [
    variable(`${symbol}_transit_gateway_id`, 'The transit gateway that is there already, tgw-...'),
    bgp && `# The transit gateway must have the ASN ${bgp.deviceAsn} (amazon_side_asn).`,
    block(`resource "aws_customer_gateway" "${symbol}"`, [
      `bgp_asn = ${bgp?.cloudflareAsn ?? 65000}`,
      `ip_address = ${hclString(cloudflare.outside)}`,
      'type = "ipsec.1"',
      `tags = { Name = ${hclString(`Cloudflare ${titleOf(parameters)}`)} }`,
    ]),
    block(`resource "aws_vpn_connection" "${symbol}"`, [
      `customer_gateway_id = ${gateway}.id`,
      `transit_gateway_id = var.${symbol}_transit_gateway_id`,
      'type = "ipsec.1"',
      `static_routes_only = ${bgp === null}`,
      ...tunnelOptions(parameters).map((option) => `tunnel1_${option}`),
    ]),
    block(`output "${symbol}_customer_endpoint"`, [
      `value = aws_vpn_connection.${symbol}.tunnel1_address`,
      'description = "What the customer endpoint of the Cloudflare tunnel must be"',
    ]),
  ]
}

/** Lifetimes are the longest that AWS takes; its window cannot be 0, so replay protection is on at Cloudflare. */
function tunnelOptions(parameters: Parameters): string[] {
  return [
    `inside_cidr = ${hclString(insideNet(parameters))}`,
    `preshared_key = ${keyExpression(parameters)}`,
    'ike_versions = ["ikev2"]',
    'startup_action = "start"',
    'dpd_timeout_action = "restart"',
    'phase1_encryption_algorithms = ["AES256-GCM-16"]',
    'phase1_integrity_algorithms = ["SHA2-256"]',
    'phase1_dh_group_numbers = [20]',
    'phase1_lifetime_seconds = 28800',
    'phase2_encryption_algorithms = ["AES256-GCM-16"]',
    'phase2_integrity_algorithms = ["SHA2-256"]',
    'phase2_dh_group_numbers = [20]',
    'phase2_lifetime_seconds = 3600',
  ]
}

function insideNet({ tunnel }: Parameters): string {
  const cidr = parseCidr(tunnel.interface_address)
  return cidr === null ? 'INSIDE-NETWORK' : `${formatIpv4(networkOf(cidr).first)}/${cidr.prefixLength}`
}

function needs(input: DeviceInput): Missing[] {
  const { tunnel, key } = input
  const cidr = parseCidr(tunnel.interface_address)
  const isSecondHost = cidr?.prefixLength === 30 && cidr.address - networkOf(cidr).first === 2
  const isLinkLocal = cidrContains('169.254.240.0/20', tunnel.interface_address.split('/')[0] ?? '')
  return unfulfilled([
    [
      isSecondHost && isLinkLocal,
      {
        what: 'Inside addresses',
        why: 'AWS takes a /30 in 169.254.0.0/16 and the first host of it; Cloudflare takes 169.254.240.0/20. Give the tunnel the second host of such a /30.',
      },
    ],
    replayProtection(input, 'AWS cannot turn its replay window off.'),
    noMd5(input, 'AWS'),
    [
      key === null || /^[1-9A-Za-z._][0-9A-Za-z._]{7,63}$/.test(key),
      {
        what: 'Key',
        why: 'AWS takes 8 to 64 letters, digits, dots and underscores, the first no 0. Set a key of that kind on both sides.',
      },
    ],
  ])
}
