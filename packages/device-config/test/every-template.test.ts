import { spawnSync } from 'node:child_process'
import { keyPlaceholder, missingFor, templates } from '@tunnel-console/device-config/templates'
import { peerAddress } from '@tunnel-console/shared/ip'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { templateForVendor, vendors } from '@tunnel-console/shared/vendor-defaults'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenTunnel, hostileText, workingTunnel } from './random-tunnels.ts'
import { branch, hub } from './tunnels.ts'

const runs = { numRuns: 200 }
const accountNumber = '987654321'

/** How many quotes of each kind a line has, those behind a backslash left out. */
const quotesOf = (line: string) => ['"', "'", '`'].map((mark) => line.replace(/\\./g, '').split(mark).length)

describe.each(templates)('$id', (template) => {
  const textsOf = (tunnel: Tunnel, key: string | null = null) =>
    template.files({ tunnel, accountNumber, key }).map(({ text }) => text)
  const whole = (tunnel: Tunnel, key: string | null = null) => textsOf(tunnel, key).join('')

  test('says both outside addresses, both inside addresses and the IKE identity of any working tunnel', () => {
    fc.assert(
      fc.property(workingTunnel, (tunnel) => {
        const identity = {
          fqdn: `${tunnel.id}.${accountNumber}.ipsec.cloudflare.com`,
          user: `ipsec@${tunnel.id}.${accountNumber}.ipsec.cloudflare.com`,
          ipv4: tunnel.customer_endpoint,
        }[template.identity]
        const inside = tunnel.interface_address.split('/')[0] ?? ''
        const peer = peerAddress(tunnel.interface_address)
        const text = textsOf(tunnel)[0]
        for (const word of [tunnel.cloudflare_endpoint, tunnel.customer_endpoint, inside, peer, identity]) {
          expect(text).toContain(word)
        }
      }),
      runs,
    )
  })

  test('a hostile name adds no line and no quote', () => {
    fc.assert(
      fc.property(workingTunnel, hostileText, (tunnel, name) => {
        const plain = whole({ ...tunnel, name: 'plain' }).split('\n')
        const hostile = whole({ ...tunnel, name }).split('\n')
        const changed = hostile.flatMap((line, at) => (line === plain[at] ? [] : [[line, plain[at] ?? '']]))
        expect(hostile.length).toBe(plain.length)
        for (const [line = '', before = ''] of changed) expect(quotesOf(line)).toEqual(quotesOf(before))
      }),
      runs,
    )
  })

  test('nothing that Cloudflare could say of a tunnel leaves a hole or a stray character', () => {
    fc.assert(
      fc.property(fc.oneof(workingTunnel, brokenTunnel), fc.option(hostileText), (tunnel, key) => {
        const text = whole(tunnel, key)
        expect(text).not.toMatch(/\b(undefined|null|NaN|Infinity)\b|\[object/)
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/u)
      }),
      runs,
    )
  })

  test('the key stands there when it was given, and only then', () => {
    const key = 'Zq7.only.here_K3y'
    for (const tunnel of [branch, hub]) {
      expect(whole(tunnel)).toContain(keyPlaceholder)
      expect(whole(tunnel)).not.toContain(key)
      expect(whole(tunnel, key)).toContain(key)
      expect(whole(tunnel, key)).not.toContain(keyPlaceholder)
    }
  })

  test('tells what it is, where that comes from and what was tried', () => {
    expect(template.sourceDate).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(template.tested).not.toBe('')
    expect(template.sources.length).toBeGreaterThan(0)
    for (const source of template.sources) expect(source).toMatch(/^https:\/\//)
  })
})

test('an account number that nobody knows is asked for by the templates that present a name', () => {
  const tunnel = { ...branch, remote_identities: null }
  const asking = templates.filter((template) =>
    missingFor(template, { tunnel, accountNumber: null, key: null }).some(({ what }) => what === 'Account number'),
  )
  expect(asking.map(({ id }) => id)).toEqual(
    templates.filter(({ identity }) => identity !== 'ipv4').map(({ id }) => id),
  )
})

test('what is not known stands in the files too', () => {
  const tunnel = { ...branch, remote_identities: null, cloudflare_endpoint: '' }
  const first = templates.map((template) => template.files({ tunnel, accountNumber: null, key: null })[0]?.text)
  for (const text of first) expect(text).toContain('NOT KNOWN: Cloudflare endpoint.')
  expect(first.filter((text) => text?.includes('NOT KNOWN: Account number.'))).toHaveLength(
    templates.filter(({ identity }) => identity !== 'ipv4').length,
  )
})

test('stateful firewalls ask for health checks that are requests', () => {
  const tunnel = { ...branch, health_check: { ...branch.health_check, type: 'reply' } }
  const asking = templates.filter((template) =>
    missingFor(template, { tunnel, accountNumber, key: null }).some(({ what }) => what === 'Health check type'),
  )
  expect(asking.map(({ id }) => id)).toEqual(['cisco-ios-xe', 'fortigate', 'palo-alto', 'mikrotik'])
})

test('our own words are ASCII, since some consoles know nothing else', () => {
  const texts = [branch, hub].flatMap((tunnel) =>
    templates.flatMap((template) => template.files({ tunnel, accountNumber, key: null }).map(({ text }) => text)),
  )
  for (const text of texts) expect(text).toMatch(/^[\x20-\x7e\n]*$/)
})

test('a shell reads the scripts to their end, whatever the name of the tunnel', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const scripts = templates
        .flatMap((template) => template.files({ tunnel: { ...hub, name }, accountNumber, key: null }))
        .filter(({ language }) => language === 'sh')
      expect(scripts).toHaveLength(2)
      for (const { text } of scripts) expect(spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('')
    }),
    { numRuns: 5 },
  )
})

test('a device that names itself by its address misses the customer endpoint', () => {
  const tunnel = { ...branch, customer_endpoint: '' }
  const missing = templates.filter((template) =>
    missingFor(template, { tunnel, accountNumber, key: null }).some(({ what }) => what === 'Customer endpoint'),
  )
  expect(missing.map(({ id }) => id)).toEqual(['unifi', 'aws', 'azure', 'gcp'])
})

test('the hub fits AWS but for its MD5 key, and the branch does not: its inside addresses and its replay protection', () => {
  const hubWithoutMd5 = { ...hub, bgp: hub.bgp && { ...hub.bgp, md5_key: '' } }
  const aws = templates.filter(({ id }) => id === 'aws')
  const missing = (tunnel: Tunnel, key: string | null) =>
    aws.flatMap((template) => missingFor(template, { tunnel, accountNumber: null, key })).map(({ what }) => what)
  expect(missing(hubWithoutMd5, 'letters.and_digits1')).toEqual([])
  expect(missing(hub, null)).toEqual(['MD5 key of BGP'])
  expect(missing(branch, null)).toEqual(['Inside addresses', 'Replay protection'])
  expect(missing(hubWithoutMd5, 'with-a-hyphen-in-it')).toEqual(['Key'])
})

test('every vendor of guided creation leads to a template', () => {
  const ids = new Set<string>(templates.map(({ id }) => id))
  expect(vendors.map(({ id }) => templateForVendor(id)).filter((id) => !ids.has(id))).toEqual([])
})
