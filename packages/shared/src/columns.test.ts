import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeColumns, encodeColumns } from './columns.ts'
import { Tunnel } from './tunnel.ts'
import { visibleTunnel } from './visible.ts'

const overTheWire = (list: unknown[]) => decodeColumns(JSON.parse(JSON.stringify(encodeColumns(list))))
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const host = (id: string) => `${id}.33145236.ipsec.cloudflare.com`
const hex = (text: string) => [...text].map((letter) => letter.charCodeAt(0).toString(16)).join('')

function tunnelOf(index: number) {
  const id = (index * 0x9e3779b1).toString(16).padStart(32, '0').slice(-32)
  return Tunnel.parse({
    id,
    name: `branch-${index}`,
    interface_address: `10.0.${index}.0/31`,
    health_check: { target: { effective: `10.0.${index}.0`, saved: '' } },
    ...(index % 3 !== 0 && { bgp: { customer_asn: 64_512 + (index % 2), md5_key: index === 1 ? 'secret' : '' } }),
    remote_identities: { hex_id: hex(`33145236_${id}`), fqdn_id: host(id), user_id: `ipsec@${host(id)}` },
    modified_on: new Date(1_700_000_000_000 + index * 977_001).toISOString(),
    created_on: index === 5 ? null : '2026-11-20T10:00:00Z',
  })
}

const tunnels = Array.from({ length: 60 }, (_, index) => tunnelOf(index))

test('any list of JSON comes back as it was', () => {
  const row = fc.oneof(fc.jsonValue(), fc.record({ a: fc.jsonValue(), b: fc.constantFrom('x', null, 'y') }))
  const lists = fc.array(row, { maxLength: 12 })
  fc.assert(
    fc.property(lists, (list) => {
      expect(overTheWire(list)).toEqual(plain(list))
    }),
    { numRuns: 300 },
  )
})

test('lists of like objects come back as they were, with nulls, moments and what repeats', () => {
  const moment = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString())
  const row = fc.record({
    id: fc.string({ unit: fc.constantFrom('0', '7', 'a', 'f'), minLength: 4, maxLength: 4 }),
    at: fc.oneof(moment, fc.constant('2026-11-20T10:00:00Z')),
    group: fc.option(
      fc.record({ word: fc.constantFrom('up', 'down'), deep: fc.option(fc.record({ n: fc.integer() })) }),
    ),
  })
  const list = fc
    .array(row, { maxLength: 40 })
    .map((rows) => rows.map((one) => ({ ...one, host: `${one.id}.example.com`, hex: hex(`7_${one.id}`) })))
  fc.assert(
    fc.property(list, (rows) => {
      expect(overTheWire(rows)).toEqual(rows)
    }),
    { numRuns: 200 },
  )
})

test('digits of bytes come back however many there are, and from letters beyond ASCII', () => {
  for (const id of ['a'.repeat(200_000), 'aé', 'a€', 'a\u{1f512}']) {
    const rows = [1, 2].map((n) => ({ id: `${id}${n}`, hex: hex(`7_${id}${n}`) }))
    expect(overTheWire(rows)).toEqual(rows)
  }
})

test('a long text beside digits of bytes that are not its own does no harm', () => {
  const rows = [
    { id: 'abc', hex: hex('abc') },
    { id: 'x'.repeat(400_000), hex: '7a7a7a' },
  ]
  expect(overTheWire(rows)).toEqual(rows)
})

test.each(['admin', 'support'] as const)(
  'the tunnels that %s sees come back the same, and in the same words',
  (role) => {
    const seen = tunnels.map((tunnel) => visibleTunnel(tunnel, role))
    expect(JSON.stringify(overTheWire(seen))).toBe(JSON.stringify(seen))
  },
)

test('what follows from another field is not said again', () => {
  const text = JSON.stringify(encodeColumns(tunnels))
  expect(text.length).toBeLessThan(JSON.stringify(tunnels).length / 5)
  expect(text).not.toContain('ipsec.cloudflare.com","')
})

test('a field with the name of a prototype stays a field', () => {
  const list = [JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":2}}')]
  expect(JSON.stringify(overTheWire(list))).toBe('[{"__proto__":{"a":1}},{"__proto__":{"a":2}}]')
})

test('a column that names one that is not there is refused', () => {
  expect(() => decodeColumns({ rows: 1, column: { as: 3, before: '', after: '' } })).toThrow(RangeError)
})
