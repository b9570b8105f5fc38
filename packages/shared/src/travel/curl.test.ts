import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { blankDraft } from '../draft.ts'
import { Tunnel } from '../tunnel.ts'
import { createCall, curlOf, deleteCall, readCall, updateCall } from './curl.ts'

const account = 'a'.repeat(32)

/** What a real shell makes of it: the arguments that a program called curl gets. */
function argumentsOf(command: string): string[] {
  const printed = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], {
    env: {
      PATH: process.env['PATH'] ?? '',
      CLOUDFLARE_API_TOKEN: 'token-of-the-shell',
      BGP_MD5_KEY: 'key-of-the-shell',
    },
  })
  return printed.toString().split('\0').slice(0, -1)
}

test.each(["it's", '$(touch /tmp/owned) `id` $HOME', 'a\nb', '"; rm -rf /; "', "'\\''", 'back\\slash', '!history'])(
  'a shell hands curl the very body of a tunnel called %j, and nothing else runs',
  (name) => {
    const body = { name, description: name }
    const given = argumentsOf(curlOf({ method: 'PUT', path: '/magic/ipsec_tunnels/x', body }, account))
    expect(JSON.parse(given.at(-1) ?? '')).toEqual(body)
    expect(given).toContain('Authorization: Bearer token-of-the-shell')
    expect(given).toContain(`https://api.cloudflare.com/client/v4/accounts/${account}/magic/ipsec_tunnels/x`)
  },
)

test('the token stands in no command: it is the one of whoever runs it', () => {
  const command = curlOf({ method: 'GET', path: '/magic/ipsec_tunnels' }, account)
  expect(command).toContain('Bearer $CLOUDFLARE_API_TOKEN"')
  expect(command).not.toContain('--data')
})

const tunnel = Tunnel.parse({
  id: 'b'.repeat(32),
  name: 'MD5_KEY and more',
  interface_address: '10.0.0.0/31',
  bgp: { customer_asn: 65010, md5_key: 'SECRET-md5', import_filter_id: 'f' },
  psk_metadata: { last_generated_on: null },
})

test('a change carries everything that Cloudflare may otherwise forget, and no key', () => {
  const command = curlOf(updateCall(tunnel, { description: 'new' }), account)
  expect(command).not.toContain('SECRET')
  expect(JSON.parse(argumentsOf(command).at(-1) ?? '')).toEqual({
    name: 'MD5_KEY and more',
    description: 'new',
    interface_address: '10.0.0.0/31',
    replay_protection: false,
    automatic_return_routing: false,
    health_check: { enabled: true, rate: 'mid', type: 'reply', direction: 'unidirectional', target: { saved: '' } },
    bgp: { customer_asn: 65010, extra_prefixes: [], md5_key: 'key-of-the-shell', import_filter_id: 'f' },
  })
})

test('a new tunnel, a deletion and a reading are commands too', () => {
  const draft = { ...blankDraft, name: 'new', cloudflare_endpoint: '1.2.3.4', interface_address: '10.0.0.0/31' }
  const given = argumentsOf(curlOf(createCall(draft), account))
  expect(JSON.parse(given.at(-1) ?? '')).toMatchObject({ name: 'new', health_check: { direction: 'bidirectional' } })
  for (const [call, method] of [
    [deleteCall(tunnel.id), 'DELETE'],
    [readCall(tunnel.id), 'GET'],
  ] as const) {
    expect(argumentsOf(curlOf(call, account)).slice(1, 4)).toEqual([
      '-X',
      method,
      `https://api.cloudflare.com/client/v4/accounts/${account}/magic/ipsec_tunnels/${tunnel.id}`,
    ])
  }
})
