import { formatIpv4, networkOf, parseCidr, parseIpv4, peerAddress } from './ip.ts'

/** A static route that sends a network through a tunnel. */
export interface NewRoute {
  /** In its shortest form: `10.20.0.0/16`. */
  prefix: string
  /** The device's inside address: Cloudflare knows a route's tunnel by it and by nothing else. */
  nexthop: string
  /** Lower wins. */
  priority: number
  description: string
}

/** What Cloudflare's documents use for a first route. */
const usualPriority = 100

/** The routes that lead these networks through a tunnel. Text that is no network is left out: `prefixProblem` tells of it. */
export function routesThrough(
  tunnel: { name: string; interface_address: string },
  prefixes: readonly string[],
  priority = usualPriority,
): NewRoute[] {
  const nexthop = peerAddress(tunnel.interface_address)
  if (nexthop === null) return []
  // A tunnel that was made elsewhere may be called anything; a description is one line.
  const description = `Through ${tunnel.name.replace(/\p{Cc}/gu, ' ')}`
  return prefixes.flatMap((text) => {
    const cidr = parseCidr(text)
    if (!cidr) return []
    const prefix = `${formatIpv4(networkOf(cidr).first)}/${cidr.prefixLength}`
    return [{ prefix, nexthop, priority, description }]
  })
}

/** Why a text is no network for a route, or `null`. */
export function prefixProblem(text: string): string | null {
  const cidr = parseCidr(text)
  if (!cidr) return `“${text.slice(0, 40)}” is no network, write such as 10.20.0.0/16`
  const { first } = networkOf(cidr)
  return first === cidr.address
    ? null
    : `${text} does not begin a network: did you mean ${formatIpv4(first)}/${cidr.prefixLength}?`
}

/** One command of a POSIX shell a route. The token and the account come from the environment, so neither is in a history. */
export function routesAsCurl(routes: readonly NewRoute[]): string {
  return routes
    .map((route) =>
      [
        'curl -sS "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/magic/routes"',
        '-H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"',
        '-H "Content-Type: application/json"',
        `--data ${shellQuoted(JSON.stringify(route))}`,
      ].join(' \\\n  '),
    )
    .join('\n\n')
}

/** The same for Cloudflare's Terraform provider, version 5. */
export function routesAsTerraform(routes: readonly NewRoute[]): string {
  const blocks = routes.map(({ prefix, nexthop, priority, description }) =>
    [
      `resource "cloudflare_magic_wan_static_route" "${resourceName(description, prefix)}" {`,
      '  account_id  = var.cloudflare_account_id',
      `  prefix      = ${hclQuoted(prefix)}`,
      `  nexthop     = ${hclQuoted(nexthop)}`,
      `  priority    = ${priority}`,
      `  description = ${hclQuoted(description)}`,
      '}',
    ].join('\n'),
  )
  return ['variable "cloudflare_account_id" {\n  type = string\n}', ...blocks].join('\n\n')
}

/** Within single quotes a shell changes nothing; a single quote itself stands outside of them. */
const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** A string of HCL: of what has no control characters, JSON's escapes are HCL's too; `${` and `%{` would begin a template. */
const hclQuoted = (text: string) => JSON.stringify(text).replace(/[$%](?=\{)/g, (mark) => mark + mark)

function resourceName(description: string, prefix: string): string {
  const words = `${description.replace(/^Through /, '')}_${prefix}`.toLowerCase()
  const name = words.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return /^\d/.test(name) ? `route_${name}` : name
}

/**
 * The prefixes of the routes that lead through each of these tunnels, by id: a route names no tunnel, its next hop lies in
 * the tunnel's inside subnet. A tunnel whose address is no IPv4 network is left out.
 */
export function prefixesThrough(
  tunnels: readonly { id: string; interface_address: string }[],
  routes: readonly { prefix: string; nexthop: string }[],
): Map<string, string[]> {
  const hops = routes.flatMap(({ prefix, nexthop }) => {
    const address = parseIpv4(nexthop)
    return address === null ? [] : [{ prefix, address }]
  })
  const known = tunnels.flatMap(({ id, interface_address }) => {
    const cidr = parseCidr(interface_address)
    if (!cidr) return []
    const { first, last } = networkOf(cidr)
    const inside = hops.filter(({ address }) => first <= address && address <= last)
    return [[id, inside.map(({ prefix }) => prefix)] as const]
  })
  return new Map(known)
}
