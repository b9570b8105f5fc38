import { cidrContains } from '@tunnel-console/shared/ip'
import { block, cloudFiles, keyExpression, variable } from '../clouds.ts'
import { hclString } from '../escape/hcl.ts'
import { replayProtection, unfulfilled } from '../needs.ts'
import type { BgpParameters, Parameters } from '../parameters.ts'
import type { DeviceInput, DeviceTemplate, Missing } from '../template.ts'
import { type Lines, titleOf } from '../text.ts'

const about = {
  id: 'gcp',
  vendor: 'Google Cloud',
  title: 'Google Cloud VPN',
  kind: 'sheet',
  software: 'Terraform, provider hashicorp/google 6 or newer',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/google/',
    'https://cloud.google.com/network-connectivity/docs/vpn/concepts/supported-ike-ciphers',
  ],
  tested:
    'Not applied to Google Cloud by us. Cloudflare describes these settings with a Classic VPN gateway, without BGP.',
  identity: 'ipv4',
} as const satisfies Omit<DeviceTemplate, 'files'>

const steps = [
  'Without BGP: a Classic VPN gateway, route-based. With BGP: an HA VPN gateway and a Cloud Router.',
  'The customer endpoint of this tunnel is the address of that gateway (of its interface 0 with HA).',
  'Google Cloud offers its ciphers by itself; AES-GCM-256 and group 20 are among them.',
  'Health check: type reply, bidirectional, a custom target, as Cloudflare describes; and a route for it back into the tunnel.',
]

const settings = {
  'IKE version': 'IKEv2',
  Routing: 'route-based without BGP, a Cloud Router with it',
  'Remote peer IP address': 'the outside address of Cloudflare',
  Ciphers: 'as Google Cloud offers them',
}

export const gcp: DeviceTemplate = {
  ...about,
  files: (input) => cloudFiles(about, input, { resources, steps, settings }),
  needs,
}

function resources(parameters: Parameters): Lines {
  const { symbol, bgp } = parameters
  return [
    variable(`${symbol}_region`, 'The region of the gateway, such as europe-west4'),
    variable(
      `${symbol}_gateway`,
      bgp ? 'The HA VPN gateway that is there already' : 'The Classic VPN gateway that is there already',
    ),
    bgp === null ? classic(parameters) : highlyAvailable(parameters, bgp),
  ]
}

function tunnel(parameters: Parameters, ...rest: string[]): Lines {
  const { symbol, label } = parameters
  return block(`resource "google_compute_vpn_tunnel" "${symbol}"`, [
    `name = ${hclString(label)}`,
    `description = ${hclString(`Cloudflare ${titleOf(parameters)}`)}`,
    `region = var.${symbol}_region`,
    'ike_version = 2',
    `shared_secret = ${keyExpression(parameters)}`,
    ...rest,
  ])
}

function classic(parameters: Parameters): Lines {
  const { symbol, label, cloudflare } = parameters
  return [
    variable(`${symbol}_network`, 'The VPC network of the gateway'),
    tunnel(
      parameters,
      `target_vpn_gateway = var.${symbol}_gateway`,
      `peer_ip = ${hclString(cloudflare.outside)}`,
      'local_traffic_selector = ["0.0.0.0/0"]',
      'remote_traffic_selector = ["0.0.0.0/0"]',
    ),
    '# The answers to health checks. Make one more of these for each network behind Cloudflare.',
    block(`resource "google_compute_route" "${symbol}"`, [
      `name = ${hclString(label)}`,
      `network = var.${symbol}_network`,
      `dest_range = ${hclString(`${cloudflare.inside}/32`)}`,
      `next_hop_vpn_tunnel = google_compute_vpn_tunnel.${symbol}.id`,
    ]),
  ]
}

function highlyAvailable(parameters: Parameters, bgp: BgpParameters): Lines {
  const { symbol, label, cloudflare, device, prefixLength } = parameters
  const router = `var.${symbol}_router`
  return [
    variable(`${symbol}_router`, `The Cloud Router that is there already, with the ASN ${bgp.deviceAsn}`),
    block(`resource "google_compute_external_vpn_gateway" "${symbol}"`, [
      `name = ${hclString(label)}`,
      'redundancy_type = "SINGLE_IP_INTERNALLY_REDUNDANT"',
      'interface {',
      '  id         = 0',
      `  ip_address = ${hclString(cloudflare.outside)}`,
      '}',
    ]),
    tunnel(
      parameters,
      `vpn_gateway = var.${symbol}_gateway`,
      'vpn_gateway_interface = 0',
      `peer_external_gateway = google_compute_external_vpn_gateway.${symbol}.id`,
      'peer_external_gateway_interface = 0',
      `router = ${router}`,
    ),
    block(`resource "google_compute_router_interface" "${symbol}"`, [
      `name = ${hclString(label)}`,
      `region = var.${symbol}_region`,
      `router = ${router}`,
      `ip_range = ${hclString(`${device.inside}/${prefixLength}`)}`,
      `vpn_tunnel = google_compute_vpn_tunnel.${symbol}.name`,
    ]),
    block(`resource "google_compute_router_peer" "${symbol}"`, [
      `name = ${hclString(label)}`,
      `region = var.${symbol}_region`,
      `router = ${router}`,
      `interface = google_compute_router_interface.${symbol}.name`,
      `peer_ip_address = ${hclString(cloudflare.inside)}`,
      `peer_asn = ${bgp.cloudflareAsn}`,
      ...md5(label, bgp),
    ]),
  ]
}

function md5(label: string, { md5: key }: BgpParameters): string[] {
  if (key === null) return []
  return ['md5_authentication_key {', `  name = ${hclString(label)}`, `  key  = ${hclString(key)}`, '}']
}

function needs(input: DeviceInput): Missing[] {
  const { bgp, interface_address } = input.tunnel
  const address = interface_address.split('/')[0] ?? ''
  return unfulfilled([
    [
      bgp === null || cidrContains('169.254.0.0/16', address),
      {
        what: 'Inside addresses',
        why: 'A Cloud Router takes addresses in 169.254.0.0/16; Cloudflare takes 169.254.240.0/20.',
      },
    ],
    replayProtection(input, 'Google Cloud keeps its replay window.'),
  ])
}
