import { cloudflareAsn } from '@tunnel-console/shared/field-rules'
import { parseCidr, parseIpv4, peerAddress } from '@tunnel-console/shared/ip'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { type Identities, identitiesOf } from './identities.ts'
import { unfulfilled } from './needs.ts'
import type { DeviceInput, Missing } from './template.ts'

/** One end of a tunnel: its address on the internet and its address inside the tunnel, without a prefix length. */
export interface End {
  outside: string
  inside: string
}

export interface BgpParameters {
  cloudflareAsn: number
  deviceAsn: string
  /** The MD5 key of the session as Cloudflare holds it; `null`: none. No secret by Cloudflare's own words. */
  md5: string | null
  /** CIDRs that Cloudflare announces beside its routing table. */
  announces: readonly string[]
}

/**
 * All that a device must be told about a tunnel, both ends named. Every text can stand in any configuration: what Cloudflare
 * said is taken only where it is what it should be, and a word in capitals stands for what nobody knows (`missing` says why).
 */
export interface Parameters {
  tunnel: Tunnel
  /** A short name for objects on the device, `cf-0123abcd`: letters, digits and a hyphen, 11 characters. */
  label: string
  /** The same for languages where a hyphen is a minus, `cf_0123abcd`. */
  symbol: string
  /** A number from 1 to 9999 for a tunnel interface, and a mark of up to 28 bits for a kernel; both from the tunnel's id. */
  unit: number
  mark: number
  cloudflare: End
  /** `outside` is `any` where no customer endpoint is set: the device may come from anywhere. */
  device: End
  /** Of the inside network: 31 or 30; 31 where it cannot be read. */
  prefixLength: number
  identities: Identities
  /** Whether the device may check for replays: only where Cloudflare sends in order. */
  antiReplay: boolean
  health: { enabled: boolean; type: string; direction: string; rate: string; target: string }
  bgp: BgpParameters | null
  missing: Missing[]
}

/** Sources: Cloudflare docs, "GRE and IPsec tunnels", "Configure tunnel endpoints", "Configure routes" (docs/cloudflare.md). */
export function parametersOf({ tunnel, accountNumber }: DeviceInput): Parameters {
  const cloudflareInside = tunnel.interface_address.split('/')[0] ?? ''
  const deviceInside = peerAddress(tunnel.interface_address)
  const hasEndpoint = isIpv4(tunnel.customer_endpoint)
  const identities = identitiesOf(tunnel, accountNumber)
  const cloudflare = {
    outside: isIpv4(tunnel.cloudflare_endpoint) ? tunnel.cloudflare_endpoint : 'CLOUDFLARE-ADDRESS',
    inside: deviceInside === null ? 'CLOUDFLARE-INSIDE-ADDRESS' : cloudflareInside,
  }
  const device = {
    outside: hasEndpoint ? tunnel.customer_endpoint : 'any',
    inside: deviceInside ?? 'DEVICE-INSIDE-ADDRESS',
  }
  return {
    tunnel,
    ...numbersOf(tunnel.id),
    cloudflare,
    device,
    prefixLength: deviceInside === null ? 31 : (parseCidr(tunnel.interface_address)?.prefixLength ?? 31),
    identities: { ...identities, ipv4: hasEndpoint ? tunnel.customer_endpoint : null },
    antiReplay: tunnel.replay_protection,
    health: healthOf(tunnel, device),
    bgp: bgpOf(tunnel),
    missing: missingOf(tunnel, deviceInside),
  }
}

/** Names and numbers that differ from tunnel to tunnel on one device, and stay the same for one tunnel. */
function numbersOf(id: string) {
  const short = id.slice(0, 8)
  const value = Number.parseInt(short, 16)
  return { label: `cf-${short}`, symbol: `cf_${short}`, unit: 1 + (value % 9999), mark: 1 + (value % 0xfffffff) }
}

/** What Cloudflare probes: the named target, or the default of the direction. */
function healthOf({ health_check }: Tunnel, device: End): Parameters['health'] {
  const { enabled, target } = health_check
  const usual = health_check.direction === 'bidirectional' || device.outside === 'any' ? device.inside : device.outside
  const named = [target.saved, target.effective].find(isIpv4)
  return {
    enabled,
    type: word(health_check.type),
    direction: word(health_check.direction),
    rate: word(health_check.rate),
    target: named ?? usual,
  }
}

function bgpOf({ bgp }: Tunnel): BgpParameters | null {
  if (bgp === null) return null
  const { customer_asn, md5_key, extra_prefixes } = bgp
  const isAsn = customer_asn !== null && Number.isInteger(customer_asn) && customer_asn > 0 && customer_asn < 2 ** 32
  return {
    cloudflareAsn,
    deviceAsn: isAsn ? String(customer_asn) : 'DEVICE-ASN',
    md5: md5_key === '' ? null : md5_key,
    announces: extra_prefixes.filter((prefix) => parseCidr(prefix) !== null),
  }
}

function missingOf(tunnel: Tunnel, deviceInside: string | null): Missing[] {
  return unfulfilled([
    [
      isIpv4(tunnel.cloudflare_endpoint),
      {
        what: 'Cloudflare endpoint',
        why: 'The tunnel has none that is an IPv4 address, so the device has nobody to call.',
      },
    ],
    [
      deviceInside !== null,
      {
        what: 'Inside addresses',
        why: 'The interface address is no host of a /31 or /30, so the other end cannot be told.',
      },
    ],
    [
      bgpOf(tunnel)?.deviceAsn !== 'DEVICE-ASN',
      { what: 'ASN of the device', why: 'BGP is on, but the tunnel does not say the number of its side.' },
    ],
  ])
}

const isIpv4 = (text: string) => parseIpv4(text) !== null

/** An open enum of Cloudflare's as a word, or nothing of it. */
const word = (text: string) => (/^[a-z_-]{1,40}$/i.test(text) ? text : 'unknown')
