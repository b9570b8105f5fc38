import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { checkDevice, type Finding, type Report } from '../../src/check/check-device.ts'

export const id = '0123456789abcdef0123456789abcdef'
export const fqdn = `${id}.123456789.ipsec.cloudflare.com`

/** The tunnel that the recorded engines were set up for; `more` makes it another one. */
export const tunnelOf = (more: Record<string, unknown> = {}): Tunnel =>
  Tunnel.parse({
    id,
    name: 'paris-b',
    cloudflare_endpoint: '162.159.135.10',
    customer_endpoint: '162.159.135.77',
    interface_address: '10.252.0.38/31',
    remote_identities: { fqdn_id: fqdn, user_id: `ipsec@${fqdn}`, hex_id: '' },
    bgp: { customer_asn: 65010 },
    ...more,
  })

export const recorded = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, 'recorded', `${name}.txt`), 'utf8')

export const check = (text: string, more: Record<string, unknown> = {}): Report =>
  checkDevice(text, tunnelOf(more), null)

/** Each finding as `topic: verdict`. */
export const verdicts = ({ parts }: Report): string[] =>
  parts.flatMap(({ findings }) => findings.map(({ topic, verdict }) => `${topic}: ${verdict}`))

/** The findings that are no fit, by topic. */
export const wrong = ({ parts }: Report): Map<string, Finding> =>
  new Map(
    parts.flatMap(({ findings }) =>
      findings
        .filter(({ verdict }) => verdict !== 'fits')
        .map((finding): [string, Finding] => [finding.topic, finding]),
    ),
  )
