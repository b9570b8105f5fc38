import { formatIpv4, peerAddress } from '@tunnel-console/shared/ip'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import fc from 'fast-check'

/** What breaks out of quotes, comments and lines in one language or another. */
const fragments = [
  '"',
  "'",
  '\n',
  '\r\n',
  '$(reboot)',
  '`id`',
  '\\',
  '#',
  '!',
  ';',
  '}',
  '*/',
  '?',
  '$' + '{x}',
  '%{x}',
  '|',
  '\u2028',
  '\u202e',
  '\0',
  '\ud800',
  ' ',
  'a',
]

export const hostileText = fc
  .array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''))

const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })
const address = fc.integer({ min: 0x0a000000, max: 0x0affffff }).map(formatIpv4)
const publicAddress = fc.integer({ min: 0x0b000000, max: 0xdf000000 }).map(formatIpv4)

const insideAddress = fc
  .tuple(address, fc.constantFrom(30, 31))
  .map(([host, length]) => `${host}/${length}`)
  .filter((cidr) => peerAddress(cidr) !== null)

const bgp = fc.record({
  customer_asn: fc.integer({ min: 1, max: 4_294_967_295 }),
  extra_prefixes: fc.constantFrom([], ['0.0.0.0/0'], ['100.96.0.0/12', 'nonsense']),
  md5_key: fc.oneof(fc.constant(''), hostileText, fc.constant('plain-key')),
})

/** A tunnel that works, whatever people wrote into its free texts. */
export const workingTunnel = fc
  .record({
    id,
    name: fc.oneof(hostileText, fc.string()),
    description: hostileText,
    cloudflare_endpoint: publicAddress,
    customer_endpoint: publicAddress,
    interface_address: insideAddress,
    replay_protection: fc.boolean(),
    bgp: fc.option(bgp),
  })
  .map((wire) => Tunnel.parse(wire))

/** A tunnel where each text may be anything. */
export const brokenTunnel = fc
  .record({
    id,
    name: hostileText,
    cloudflare_endpoint: hostileText,
    customer_endpoint: hostileText,
    interface_address: hostileText,
    interface_address6: hostileText,
    health_check: fc.record({ type: hostileText, direction: hostileText, rate: hostileText, target: hostileText }),
    custom_remote_identities: fc.record({ fqdn_id: hostileText }),
    remote_identities: fc.record({ fqdn_id: hostileText, user_id: hostileText, hex_id: hostileText }),
    bgp: fc.record({ customer_asn: fc.double(), extra_prefixes: fc.array(hostileText), md5_key: hostileText }),
  })
  .map((wire) => Tunnel.parse(wire))
