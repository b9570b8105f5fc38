import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { IdentityKind } from './template.ts'

/** The account number where nobody knows it: a token that no engine takes for a number. */
const unknownNumber = 'ACCOUNT-NUMBER'

/** The names by which Cloudflare recognises the device, each complete; they stay with the tunnel whatever the key. */
export interface Identities {
  accountNumber: string | null
  fqdn: string
  user: string
  keyId: string
  /** The public address of the device; Cloudflare takes it only where `customer_endpoint` is set. */
  ipv4: string | null
  /** A name that was chosen through the API; the others go on working beside it. */
  custom: string | null
}

/**
 * The account number in any text that holds it: `12345`, the `ipsec_id` `12345_…` of an answer with a key, or an identity.
 * `null` where there is none, or it belongs to another tunnel.
 *
 *     accountNumberIn('12345_0123456789abcdef0123456789abcdef', id) // '12345', for the tunnel of that id
 */
export function accountNumberIn(text: string, tunnelId: string): string | null {
  const patterns = [
    /^()(\d{1,20})$/,
    /^(?:ipsec@)?([0-9a-f]{32})\.(\d{1,20})\.ipsec\.cloudflare\.com$/i,
    /^(\d{1,20})_([0-9a-f]{32})$/i,
  ]
  const groups = patterns.map((pattern) => pattern.exec(text.trim())).find((match) => match !== null)
  if (!groups) return null
  const [first = '', second = ''] = groups.slice(1)
  if (first === '') return second
  const [id, number] = first.length === 32 ? [first, second] : [second, first]
  return id.toLowerCase() === tunnelId.toLowerCase() ? number : null
}

/**
 * Every identity of a tunnel (Cloudflare docs, "GRE and IPsec tunnels"). The account number comes from what Cloudflare said
 * of this tunnel, and only then from what was typed in.
 */
export function identitiesOf(tunnel: Tunnel, typedNumber: string | null): Identities {
  const accountNumber = numberSaid(tunnel) ?? (typedNumber === null ? null : accountNumberIn(typedNumber, tunnel.id))
  const number = accountNumber ?? unknownNumber
  const fqdn = `${tunnel.id}.${number}.ipsec.cloudflare.com`
  return {
    accountNumber,
    fqdn,
    user: `ipsec@${fqdn}`,
    keyId: `${number}_${tunnel.id}`,
    ipv4: null,
    custom: customName(tunnel.custom_remote_identities.fqdn_id),
  }
}

/** What the device presents. A chosen name stands in for a generated one that cannot be completed. */
export function presented(identities: Identities, kind: IdentityKind): string {
  if (kind === 'ipv4') return identities.ipv4 ?? 'DEVICE-ADDRESS'
  if (kind === 'fqdn' && identities.accountNumber === null) return identities.custom ?? identities.fqdn
  return identities[kind]
}

function numberSaid({ id, remote_identities }: Tunnel): string | null {
  if (remote_identities === null) return null
  const { fqdn_id, user_id, hex_id } = remote_identities
  const said = [fqdn_id, user_id, fromHex(hex_id)].filter((text) => !/^\d+$/.test(text))
  return said.map((text) => accountNumberIn(text, id)).find((number) => number !== null) ?? null
}

function customName(text: string): string | null {
  return text.length <= 253 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(text) ? text : null
}

/** The ASCII text that an even number of hexadecimal digits spells. */
function fromHex(hex: string): string {
  const pairs = hex.match(/[0-9a-f]{2}/gi) ?? []
  return pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')
}
