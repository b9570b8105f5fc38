import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextFreeSubnet } from './free-subnet.ts'
import { isInInterfaceRange } from './interface-range.ts'
import { cidrContains, cidrsOverlap, formatIpv4, networkOf, parseCidr, parseIpv4, peerAddress } from './ip.ts'
import { isIpv6 } from './ipv6.ts'

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const cidr = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([at, length]) => `${formatIpv4(at)}/${length}`)

test.each([
  ['0.0.0.0', 0],
  ['255.255.255.255', 2 ** 32 - 1],
  ['128.0.0.1', 2 ** 31 + 1], // the sign bit must not leak
  ['10.1.0.10', 0x0a01000a],
])('%s is %d', (text, value) => {
  expect(parseIpv4(text)).toBe(value)
})

test.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.256',
  '01.2.3.4',
  '1.2.3.4 ',
  '+1.2.3.4',
  '0x1.2.3.4',
  '1..3.4',
  '١.2.3.4',
])('%j is no IPv4 address', (text) => {
  expect(parseIpv4(text)).toBeNull()
})

test('formatting and parsing an address gives it back', () => {
  fc.assert(fc.property(address, (value) => parseIpv4(formatIpv4(value)) === value))
})

test.each(['10.0.0.1', '10.0.0.1/', '10.0.0.1/33', '10.0.0.1/031', '10.0.0.1/31/1', '10.0.0/31', '/31', '10.0.0.1/-1'])(
  '%j is no CIDR',
  (text) => {
    expect(parseCidr(text)).toBeNull()
  },
)

test('a CIDR keeps its host bits, and its block has the size that its prefix says', () => {
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 32 }), (at, prefixLength) => {
      const parsed = parseCidr(`${formatIpv4(at)}/${prefixLength}`)
      const { first, last } = networkOf({ address: at, prefixLength })
      expect(parsed).toEqual({ address: at, prefixLength })
      expect(last - first + 1).toBe(2 ** (32 - prefixLength))
      expect(first % (last - first + 1)).toBe(0)
      expect(first <= at && at <= last).toBe(true)
    }),
  )
})

test.each([
  ['10.1.0.10/31', '10.1.0.11'],
  ['10.1.0.11/31', '10.1.0.10'],
  ['10.1.0.5/30', '10.1.0.6'],
  ['10.1.0.6/30', '10.1.0.5'],
  ['192.168.255.254/31', '192.168.255.255'],
  ['255.255.255.255/31', '255.255.255.254'],
])('the peer of %s is %s', (own, peer) => {
  expect(peerAddress(own)).toBe(peer)
})

test.each(['10.1.0.0/29', '10.1.0.4/30', '10.1.0.7/30', '10.1.0.1/32', '10.1.0.256/31', '10.1.0.1', ''])(
  '%j has no single peer',
  (own) => {
    expect(peerAddress(own)).toBeNull()
  },
)

test('the peer of the peer is the address itself, in the same block', () => {
  const withPeer = fc
    .tuple(address, fc.constantFrom(30, 31))
    .map(([at, length]) => ({ at, length, peer: peerAddress(`${formatIpv4(at)}/${length}`) }))
    .filter(({ peer }) => peer !== null)
  fc.assert(
    fc.property(withPeer, ({ at, length, peer }) => {
      expect(peerAddress(`${peer}/${length}`)).toBe(formatIpv4(at))
      expect(cidrContains(`${formatIpv4(at)}/${length}`, peer ?? '')).toBe(true)
    }),
  )
})

test('two CIDRs overlap when they share an address, in whichever order they are named', () => {
  // Five bits of address space, so that every address can be tried.
  const small = fc.tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 27, max: 32 }))
  fc.assert(
    fc.property(small, small, ([a, aLength], [b, bLength]) => {
      const [left, right] = [`10.0.0.${a}/${aLength}`, `10.0.0.${b}/${bLength}`]
      const shared = Array.from({ length: 32 }, (_, host) => host).some(
        (host) => host >> (32 - aLength) === a >> (32 - aLength) && host >> (32 - bLength) === b >> (32 - bLength),
      )
      expect(cidrsOverlap(left, right)).toBe(shared)
      expect(cidrsOverlap(right, left)).toBe(shared)
    }),
    { numRuns: 1000 },
  )
})

test('a CIDR overlaps itself and the whole Internet, and text that is none overlaps nothing', () => {
  fc.assert(
    fc.property(cidr, (text) => {
      expect([cidrsOverlap(text, text), cidrsOverlap('0.0.0.0/0', text)]).toEqual([true, true])
      expect([cidrsOverlap(text, ''), cidrsOverlap('nonsense', text)]).toEqual([false, false])
    }),
  )
})

test.each([
  ['10.252.2.20/31', true],
  ['172.31.255.254/31', true],
  ['172.32.0.0/31', false],
  ['169.254.240.2/30', true],
  ['169.254.255.254/31', true],
  ['169.254.239.254/31', false],
  ['8.8.8.8/31', false],
  ['192.168.0.0/15', false],
  ['nonsense', false],
])('%s lies in the ranges that Cloudflare accepts: %s', (text, expected) => {
  expect(isInInterfaceRange(text)).toBe(expected)
})

test.each([
  ['10.1.0.0/30', ['10.1.0.0/31'], '10.1.0.2/31'],
  ['10.1.0.0/30', ['10.1.0.1/31', '10.1.0.3/31'], null],
  ['10.1.0.0/31', [], '10.1.0.0/31'],
  ['10.1.0.0/32', [], null],
  ['10.1.0.0/29', ['10.1.0.5/32', '10.1.0.0/31'], '10.1.0.2/31'],
  ['10.1.0.0/29', ['10.0.0.0/8'], null],
  ['10.1.0.0/29', ['nonsense', ''], '10.1.0.0/31'],
  ['255.255.255.252/30', ['255.255.255.252/31', '255.255.255.254/31'], null],
  ['nonsense', [], null],
])('the next free subnet of %s beside %j is %s', (pool, taken, expected) => {
  expect(nextFreeSubnet(pool, taken)).toBe(expected)
})

test('the next free subnet is the lowest aligned /31 that overlaps nothing, by trying every one', () => {
  const block = fc
    .tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 27, max: 32 }))
    .map(([host, length]) => `10.0.0.${host}/${length}`)
  const pool = fc
    .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 26, max: 32 }))
    .map(([host, length]) => `10.0.0.${host}/${length}`)
  fc.assert(
    fc.property(pool, fc.array(block, { maxLength: 20 }), (from, taken) => {
      const { first, last } = networkOf(parseCidr(from) ?? { address: 0, prefixLength: 32 })
      const candidates = Array.from({ length: Math.floor((last - first + 1) / 2) }, (_, index) => first + 2 * index)
      const free = candidates
        .map((at) => `${formatIpv4(at)}/31`)
        .find((subnet) => !taken.some((other) => cidrsOverlap(subnet, other)))
      expect(nextFreeSubnet(from, taken)).toBe(free ?? null)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['::', true],
  ['::1', true],
  ['1::', true],
  ['2606:54c1:7:0:a9fe:12d2:1:200', true],
  ['2606:54C1::1', true],
  ['::ffff:192.0.2.1', true],
  ['1:2:3:4:5:6:192.0.2.1', true],
  ['1:2:3:4:5:6:7::', true],
  ['', false],
  [':', false],
  [':::', false],
  ['1::2::3', false],
  ['1:2:3:4:5:6:7', false],
  ['1:2:3:4:5:6:7:8:9', false],
  ['1::2:3:4:5:6:7:8', false],
  [':1:2:3:4:5:6:7', false],
  ['12345::', false],
  ['g::', false],
  ['fe80::1%eth0', false],
  ['192.0.2.1', false],
  ['192.0.2.1::', false],
  ['192.0.2.1::1', false],
  ['::192.0.2.256', false],
])('%j is an IPv6 address: %s', (text, expected) => {
  expect(isIpv6(text)).toBe(expected)
})
