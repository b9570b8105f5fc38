import { isInInterfaceRange } from '@tunnel-console/shared/interface-range'
import { cidrsOverlap, parseCidr, parseIpv4, peerAddress } from '@tunnel-console/shared/ip'
import { isIpv6 } from '@tunnel-console/shared/ipv6'
import { type ApiError, ourCodes, ruleBroken } from './errors.ts'
import type { SandboxState, StoredBgp, StoredTunnel } from './state.ts'

export interface CheckContext {
  state: SandboxState
  /** Every other tunnel as it will be after the write. */
  others: readonly StoredTunnel[]
  accountNumber: number
  /** JSON Pointer of the tunnel in the request body: '' for a single one. */
  base: string
}

type Check = (tunnel: StoredTunnel, context: CheckContext) => ApiError[]

/** Every rule that the tunnel breaks, all at once. */
export function checkTunnel(tunnel: StoredTunnel, context: CheckContext): ApiError[] {
  const checks: Check[] = [
    checkRequired,
    checkName,
    checkEndpoints,
    checkInterfaceAddress,
    checkOverlap,
    checkInterfaceAddress6,
    checkHealth,
    (subject, { base }) => (subject.bgp ? checkBgp(subject.bgp, `${base}/bgp`) : []),
    checkFqdnId,
    checkReturnRouting,
  ]
  return checks.flatMap((check) => check(tunnel, context))
}

const checkRequired: Check = (tunnel, { base }) =>
  (['name', 'cloudflare_endpoint', 'interface_address'] as const)
    .filter((field) => tunnel[field] === '')
    .map((field) => ruleBroken(ourCodes.missingField, `${base}/${field}`, `${field} is required`))

const checkName: Check = ({ name }, { others, state, base }) =>
  name !== '' && [...others, ...state.greTunnels].some((other) => other.name === name)
    ? [ruleBroken(ourCodes.nameTaken, `${base}/name`, `A tunnel named "${name}" already exists in this account`)]
    : []

/** Two tunnels may share both endpoints: only devices that identify by address need the pair to be unique. */
const checkEndpoints: Check = (tunnel, { state, base }) => {
  const { cloudflare_endpoint: ours, customer_endpoint: theirs } = tunnel
  const errors: ApiError[] = []
  if (ours !== '' && !state.endpoints.includes(ours)) {
    const message = `cloudflare_endpoint ${ours} is not an anycast address assigned to this account`
    errors.push(ruleBroken(ourCodes.endpointNotYours, `${base}/cloudflare_endpoint`, message))
  }
  if (theirs !== '' && parseIpv4(theirs) === null) {
    const message = `customer_endpoint "${theirs}" is not an IPv4 address`
    errors.push(ruleBroken(ourCodes.badAddress, `${base}/customer_endpoint`, message))
  }
  return errors
}

const checkInterfaceAddress: Check = ({ interface_address: address }, { base }) => {
  if (address === '') return []
  const error = (message: string) => [ruleBroken(ourCodes.badInterfaceAddress, `${base}/interface_address`, message)]
  const cidr = parseCidr(address)
  if (!cidr || (cidr.prefixLength !== 31 && cidr.prefixLength !== 30)) {
    return error(`interface_address "${address}" must be an IPv4 address with a /31 or /30 prefix`)
  }
  if (!isInInterfaceRange(address)) {
    return error(
      `interface_address ${address} must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 169.254.240.0/20`,
    )
  }
  return peerAddress(address) === null
    ? error(`interface_address ${address} is the network or broadcast address of its /30`)
    : []
}

const checkOverlap: Check = ({ interface_address: address }, { others, state, base }) => {
  const clash = [...others, ...state.greTunnels].find((other) => cidrsOverlap(address, other.interface_address))
  if (!clash) return []
  const message = `interface_address ${address} overlaps with ${clash.interface_address} of tunnel "${clash.name}"`
  return [ruleBroken(ourCodes.subnetOverlap, `${base}/interface_address`, message)]
}

const checkInterfaceAddress6: Check = ({ interface_address6: text }, { base }) => {
  if (text === '') return []
  const [address = '', prefix] = text.split('/')
  const isFirst = isIpv6(address) && Number.parseInt(`0${lastGroup(address)}`, 16) % 2 === 0
  if (isFirst && prefix === '127') return []
  const message = `interface_address6 "${text}" must be the first address of an IPv6 /127`
  return [ruleBroken(ourCodes.badInterfaceAddress6, `${base}/interface_address6`, message)]
}

/** The last 16 bits as hex; the URL parser writes an embedded IPv4 tail and upper case in one way. */
function lastGroup(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').at(-1) ?? ''
}

const healthEnums = {
  rate: ['low', 'mid', 'high'],
  type: ['reply', 'request'],
  direction: ['unidirectional', 'bidirectional'],
}

const checkHealth: Check = ({ health_check: check }, { base }) => {
  const error = (field: string, message: string) =>
    ruleBroken(ourCodes.badHealthCheck, `${base}/health_check/${field}`, message)
  const errors = (['rate', 'type', 'direction'] as const)
    .filter((field) => !healthEnums[field].includes(check[field]))
    .map((field) =>
      error(field, `health_check.${field} must be one of ${healthEnums[field].join(', ')}, not "${check[field]}"`),
    )
  const isAddress = check.target === '' || parseIpv4(check.target) !== null || isIpv6(check.target)
  return isAddress ? errors : [...errors, error('target', `health_check.target "${check.target}" is not an IP address`)]
}

/** eBGP only, and Cloudflare's own ASN on tunnels cannot be changed. */
const cloudflareAsn = 13335
/** Printable ASCII without the quotation mark and the question mark; '' clears the key. */
const md5Key = /^[ !#->@-~]{0,80}$/

function checkBgp(bgp: StoredBgp, base: string): ApiError[] {
  const errors: ApiError[] = []
  const asn = bgp.customer_asn
  if (asn < 1 || asn > 4_294_967_295 || asn === cloudflareAsn) {
    const message = `bgp.customer_asn ${asn} must be between 1 and 4294967295 and differ from ${cloudflareAsn}`
    errors.push(ruleBroken(ourCodes.badAsn, `${base}/customer_asn`, message))
  }
  for (const [index, prefix] of bgp.extra_prefixes.entries()) {
    if (!isCidr(prefix)) {
      const message = `bgp.extra_prefixes: "${prefix}" is not a CIDR`
      errors.push(ruleBroken(ourCodes.badPrefix, `${base}/extra_prefixes/${index}`, message))
    }
  }
  if (!md5Key.test(bgp.md5_key)) {
    const message = 'bgp.md5_key must be 1 to 80 printable ASCII characters without " and ?'
    errors.push(ruleBroken(ourCodes.badMd5Key, `${base}/md5_key`, message))
  }
  return errors
}

function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/')
  const isV6 = rest.length === 0 && isIpv6(address) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128
  return parseCidr(text) !== null || isV6
}

const checkFqdnId: Check = ({ fqdn_id: fqdn, cloudflare_endpoint: endpoint }, { others, accountNumber, base }) => {
  if (fqdn === '') return []
  const pointer = `${base}/custom_remote_identities/fqdn_id`
  const suffix = `.${accountNumber}.custom.ipsec.cloudflare.com`
  const label = fqdn.endsWith(suffix) ? fqdn.slice(0, -suffix.length) : ''
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) {
    return [ruleBroken(ourCodes.badFqdnId, pointer, `fqdn_id "${fqdn}" must have the form <label>${suffix}`)]
  }
  const clash = others.find((other) => other.fqdn_id === fqdn && other.cloudflare_endpoint === endpoint)
  if (!clash) return []
  const message = `fqdn_id ${fqdn} is already used by tunnel "${clash.name}" with the same cloudflare_endpoint`
  return [ruleBroken(ourCodes.fqdnIdTaken, pointer, message)]
}

const checkReturnRouting: Check = (tunnel, { state, base }) =>
  tunnel.automatic_return_routing && !state.unifiedRouting
    ? [
        ruleBroken(
          ourCodes.returnRoutingNotEnabled,
          `${base}/automatic_return_routing`,
          'automatic_return_routing requires the coupler_integration flag on this account',
        ),
      ]
    : []
