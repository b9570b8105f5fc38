import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prefixesThrough, prefixProblem, routesAsCurl, routesAsTerraform, routesThrough } from './static-route.ts'

const tunnel = { name: 'oslo-a', interface_address: '10.252.9.0/31' }

test('a route’s next hop is the device’s end of the tunnel', () => {
  expect(routesThrough(tunnel, ['10.20.0.0/16', 'nonsense'])).toEqual([
    { prefix: '10.20.0.0/16', nexthop: '10.252.9.1', priority: 100, description: 'Through oslo-a' },
  ])
  expect(routesThrough({ ...tunnel, interface_address: '' }, ['10.20.0.0/16'])).toEqual([])
})

test.each([
  ['10.20.0.0/16', null],
  ['10.20.1.0/16', '10.20.1.0/16 does not begin a network: did you mean 10.20.0.0/16?'],
  ['10.20.0.0', '“10.20.0.0” is no network, write such as 10.20.0.0/16'],
])('%s as a network: %s', (text, problem) => {
  expect(prefixProblem(text)).toBe(problem)
})

test('a command and a block of Terraform hold all that Cloudflare needs, and no token', () => {
  const routes = routesThrough(tunnel, ['10.20.0.0/16'], 50)
  expect(routesAsCurl(routes)).toBe(
    [
      'curl -sS "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/magic/routes" \\',
      '  -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" \\',
      '  -H "Content-Type: application/json" \\',
      `  --data '{"prefix":"10.20.0.0/16","nexthop":"10.252.9.1","priority":50,"description":"Through oslo-a"}'`,
    ].join('\n'),
  )
  expect(routesAsTerraform(routes)).toContain(
    [
      'resource "cloudflare_magic_wan_static_route" "oslo_a_10_20_0_0_16" {',
      '  account_id  = var.cloudflare_account_id',
      '  prefix      = "10.20.0.0/16"',
      '  nexthop     = "10.252.9.1"',
      '  priority    = 50',
      '  description = "Through oslo-a"',
      '}',
    ].join('\n'),
  )
})

test('no name leaves its quotes, in a shell or in Terraform', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'\'"\\$`(){}%\n\r;&|#!ab'), maxLength: 30 })
  fc.assert(
    fc.property(hostile, (name) => {
      const routes = routesThrough({ ...tunnel, name }, ['10.20.0.0/16'])
      const [, data = ''] = /--data (.*)$/.exec(routesAsCurl(routes)) ?? []
      const pieces = data.split(`'\\''`)
      expect(pieces.join('').slice(1, -1)).not.toContain("'")
      expect(JSON.parse(pieces.join("'").slice(1, -1))).toMatchObject({
        description: `Through ${name.replace(/[\n\r]/g, ' ')}`,
      })
      const [, described = ''] = /description = "(.*)"\n/.exec(routesAsTerraform(routes)) ?? []
      expect(described.replaceAll('$${', '').replaceAll('%%{', '')).not.toMatch(/[$%]\{/)
      expect(described).not.toMatch(/(?<!\\)(\\\\)*"/)
    }),
    { numRuns: 200 },
  )
})

test('what leads through a tunnel is what its inside subnet holds the next hop of', () => {
  const routes = [
    { prefix: '10.20.0.0/16', nexthop: '10.252.9.1' },
    { prefix: '10.21.0.0/16', nexthop: '10.252.9.2' },
    { prefix: '10.22.0.0/16', nexthop: 'nonsense' },
  ]
  const tunnels = [
    { id: 'a', interface_address: '10.252.9.0/31' },
    { id: 'b', interface_address: '10.252.9.4/31' },
    { id: 'c', interface_address: '' },
  ]
  expect([...prefixesThrough(tunnels, routes)]).toEqual([
    ['a', ['10.20.0.0/16']],
    ['b', []],
  ])
})
