import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'

const account = 'a'.repeat(32)

/** What a real shell makes of it: the arguments that a program called curl gets. */
function argumentsOf(command: string): string[] {
  const printed = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], {
    env: { PATH: process.env['PATH'] ?? '', CLOUDFLARE_API_TOKEN: 'token-of-the-shell' },
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
