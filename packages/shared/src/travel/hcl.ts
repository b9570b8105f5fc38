import { visibleText } from '../csv.ts'
import { draftOf, type TunnelDraft } from '../draft.ts'
import type { Tunnel } from '../tunnel.ts'

const resource = 'cloudflare_magic_wan_ipsec_tunnel'

/**
 * Tunnels as Terraform configuration for provider 5.16 and newer, with an `import` block each, so that the first plan takes
 * them over as they are. Nested attributes are objects, the direction of the health check is always explicit, and what only
 * Cloudflare writes is left out.
 *
 * No key is in it. The pre-shared key is never read back by the provider, so a resource without `psk` changes none. An MD5
 * key is, and a resource without it would take it away: where a session has one, a sensitive variable stands for it.
 */
export function tunnelsHcl(tunnels: readonly Tunnel[], account: string): string {
  const labels = labelsOf(tunnels.map(({ name }) => name))
  return [head, ...tunnels.map((tunnel, index) => blocks(tunnel, labels[index] ?? '', account))].join('\n')
}

const head = `# Magic IPsec tunnels, written by Tunnel Console for the Cloudflare provider 5.16 or newer.
#
# No keys are in this file. Terraform cannot read pre-shared keys: a tunnel without "psk" keeps the one it has. Where a BGP
# session has an MD5 key, a sensitive variable stands for it, which has to be given.
# Filters of BGP (import_filter_id, export_filter_id) are not written by the provider, and left out.

terraform {
  required_version = ">= 1.5"
  required_providers {
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = ">= 5.16"
    }
  }
}
`

function blocks(tunnel: Tunnel, label: string, account: string): string {
  const draft = draftOf(tunnel)
  const variable = `${label}_md5_key`
  const hasKey = draft.bgp.enabled && draft.bgp.md5_key !== ''
  return [
    `import {`,
    `  to = ${resource}.${label}`,
    `  id = ${quoted(`${account}/${tunnel.id}`)}`,
    `}`,
    ``,
    ...(hasKey ? [`variable "${variable}" {`, `  type      = string`, `  sensitive = true`, `}`, ``] : []),
    `resource "${resource}" "${label}" {`,
    ...attributes({ ...values(draft, account), ...(hasKey && { bgp: session(draft, variable) }) }, '  '),
    `}`,
    ``,
  ].join('\n')
}

/** What stands on the right of `=`: already written HCL, or attributes of an object. */
type Written = string | { [key: string]: Written }

function values(draft: TunnelDraft, account: string): Record<string, Written> {
  const { health_check, bgp, custom_remote_identities } = draft
  const { saved } = health_check.target
  return {
    account_id: quoted(account),
    name: quoted(draft.name),
    description: quoted(draft.description),
    cloudflare_endpoint: quoted(draft.cloudflare_endpoint),
    ...optional('customer_endpoint', draft.customer_endpoint),
    interface_address: quoted(draft.interface_address),
    ...optional('interface_address6', draft.interface_address6),
    replay_protection: String(draft.replay_protection),
    automatic_return_routing: String(draft.automatic_return_routing),
    health_check: {
      enabled: String(health_check.enabled),
      rate: quoted(health_check.rate),
      type: quoted(health_check.type),
      direction: quoted(health_check.direction),
      ...(saved !== '' && { target: { saved: quoted(saved) } }),
    },
    ...(bgp.enabled && { bgp: session(draft) }),
    ...(custom_remote_identities.fqdn_id !== '' && {
      custom_remote_identities: { fqdn_id: quoted(custom_remote_identities.fqdn_id) },
    }),
  }
}

const optional = (key: string, text: string) => (text === '' ? {} : { [key]: quoted(text) })

function session({ bgp }: TunnelDraft, variable?: string): Record<string, Written> {
  return {
    customer_asn: String(bgp.customer_asn ?? 0),
    extra_prefixes: `[${bgp.extra_prefixes.map(quoted).join(', ')}]`,
    ...(variable !== undefined && { md5_key: `var.${variable}` }),
  }
}

/** Equal signs in one column, as `terraform fmt` sets them: within lines that follow each other. */
function attributes(object: Record<string, Written>, indent: string): string[] {
  const entries = Object.entries(object)
  const width = Math.max(0, ...entries.filter(([, value]) => typeof value === 'string').map(([key]) => key.length))
  return entries.flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${indent}${key.padEnd(width)} = ${value}`]
      : [`${indent}${key} = {`, ...attributes(value, `${indent}  `), `${indent}}`],
  )
}

/**
 * A quoted string of HCL: nothing in it ends the string, starts a template (`${`, `%{`) or a line. What nobody could see is
 * written as an escape. Half a character (a lone surrogate) has no place in HCL and becomes U+FFFD.
 */
function quoted(text: string): string {
  const inside = text
    .toWellFormed()
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[$%](?=\{)/g, (mark) => mark + mark)
  return `"${visibleText(inside, hclEscape)}"`
}

function hclEscape(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16)
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}

/** A label for each name: letters, digits and `_` that begin with a letter, none of them twice. */
function labelsOf(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 60)
    const base = /^[a-z]/.test(plain) ? plain : `tunnel_${plain}`.replace(/_$/, '')
    let label = base
    for (let number = 2; taken.has(label); number += 1) label = `${base}_${number}`
    taken.add(label)
    return label
  })
}
