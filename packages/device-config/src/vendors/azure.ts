import { cidrContains, parseCidr } from '@tunnel-console/shared/ip'
import { block, cloudFiles, keyExpression, variable } from '../clouds.ts'
import { hclString } from '../escape/hcl.ts'
import { noMd5, replayProtection, unfulfilled } from '../needs.ts'
import type { Parameters } from '../parameters.ts'
import type { DeviceInput, DeviceTemplate, Missing } from '../template.ts'
import { type Lines, titleOf } from '../text.ts'

const about = {
  id: 'azure',
  vendor: 'Microsoft',
  title: 'Azure VPN gateway',
  kind: 'sheet',
  software: 'Terraform, provider hashicorp/azurerm 4',
  version: '1',
  sourceDate: '2026-11-28',
  sources: [
    'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/azure/azure-vpn-gateway/',
    'https://learn.microsoft.com/en-us/azure/vpn-gateway/vpn-gateway-about-vpn-devices',
  ],
  tested: 'Not applied to Azure by us. Cloudflare describes these settings, without BGP.',
  identity: 'ipv4',
} as const satisfies Omit<DeviceTemplate, 'files'>

const steps = [
  'The customer endpoint of this tunnel is a public address of the virtual network gateway.',
  'Active/active: two Cloudflare tunnels with the same Cloudflare endpoint and the same key, one for each public address.',
  'Cloudflare has the upper address of the /31; Azure takes it as /32 in the address space of the local network gateway.',
  'Health check: a custom target, the customer endpoint.',
  'When it works, turn the replay protection of the gateway off (disableIPSecReplayProtection) as Cloudflare describes.',
]

const settings = {
  'IKE phase 1': 'GCMAES256, SHA384, ECP384',
  'IKE phase 2 (IPsec)': 'GCMAES256, GCMAES256, PFS ECP384',
  'SA lifetime': '28800 s, and 0 KB in the portal; Terraform leaves the large default',
  'Policy based traffic selectors': 'off',
  'DPD timeout': '45 s',
  'Connection mode': 'InitiatorOnly',
}

export const azure: DeviceTemplate = {
  ...about,
  files: (input) => cloudFiles(about, input, { resources, steps, settings }),
  needs,
}

function resources(parameters: Parameters): Lines {
  const { symbol, cloudflare, bgp } = parameters
  return [
    variable(`${symbol}_gateway_id`, 'The virtual network gateway that is there already'),
    variable(`${symbol}_resource_group`, 'The name of its resource group'),
    variable(`${symbol}_location`, 'Its region, such as westeurope'),
    block(`variable "${symbol}_networks"`, [
      'type = list(string)',
      'default = []',
      'description = "Networks behind Cloudflare; not 0.0.0.0/0, which Azure refuses, but its halves"',
    ]),
    bgp &&
      `# The virtual network gateway must have the ASN ${bgp.deviceAsn}. It answers BGP from an address of its own, not from the inside address.`,
    block(`resource "azurerm_local_network_gateway" "${symbol}"`, [
      ...placed(parameters),
      `gateway_address = ${hclString(cloudflare.outside)}`,
      `address_space = concat([${hclString(`${cloudflare.inside}/32`)}], var.${symbol}_networks)`,
      ...(bgp === null
        ? []
        : [
            'bgp_settings {',
            `  asn                 = ${bgp.cloudflareAsn}`,
            `  bgp_peering_address = ${hclString(cloudflare.inside)}`,
            '}',
          ]),
    ]),
    connection(parameters),
  ]
}

function placed(parameters: Parameters): string[] {
  const { symbol } = parameters
  return [
    `name = ${hclString(parameters.label)}`,
    `location = var.${symbol}_location`,
    `resource_group_name = var.${symbol}_resource_group`,
    `tags = { tunnel = ${hclString(titleOf(parameters))} }`,
  ]
}

function connection(parameters: Parameters): Lines {
  const { symbol, bgp } = parameters
  return block(`resource "azurerm_virtual_network_gateway_connection" "${symbol}"`, [
    ...placed(parameters),
    'type = "IPsec"',
    `virtual_network_gateway_id = var.${symbol}_gateway_id`,
    `local_network_gateway_id = azurerm_local_network_gateway.${symbol}.id`,
    `shared_key = ${keyExpression(parameters)}`,
    'connection_protocol = "IKEv2"',
    'connection_mode = "InitiatorOnly"',
    'dpd_timeout_seconds = 45',
    `enable_bgp = ${bgp !== null}`,
    'use_policy_based_traffic_selectors = false',
    'ipsec_policy {',
    '  ike_encryption   = "GCMAES256"',
    '  ike_integrity    = "SHA384"',
    '  dh_group         = "ECP384"',
    '  ipsec_encryption = "GCMAES256"',
    '  ipsec_integrity  = "GCMAES256"',
    '  pfs_group        = "ECP384"',
    '  sa_lifetime      = 28800',
    '}',
  ])
}

function needs(input: DeviceInput): Missing[] {
  const { tunnel } = input
  const cidr = parseCidr(tunnel.interface_address)
  const address = tunnel.interface_address.split('/')[0] ?? ''
  return unfulfilled([
    [
      cidr?.prefixLength === 31 && cidr.address % 2 === 1,
      {
        what: 'Inside addresses',
        why: 'The guide of Cloudflare for Azure gives Cloudflare the upper address of a /31.',
      },
    ],
    [
      tunnel.bgp === null || !cidrContains('169.254.0.0/16', address),
      {
        what: 'Inside addresses for BGP',
        why: 'BGP with Azure does not work over link-local addresses; take private ones.',
      },
    ],
    replayProtection(input, 'Azure keeps its replay window.'),
    noMd5(input, 'Azure'),
  ])
}
