import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressBytes, blockContains, parseBlock } from './address.ts'

const zeros = (count: number) => Array<number>(count).fill(0)

test.each([
  ['192.0.2.1', [192, 0, 2, 1]],
  ['::ffff:192.0.2.1', [192, 0, 2, 1]],
  ['::FFFF:c000:201', [192, 0, 2, 1]],
  ['::', zeros(16)],
  ['::1', [...zeros(15), 1]],
  ['2001:db8::', [0x20, 0x01, 0x0d, 0xb8, ...zeros(12)]],
  ['2001:db8:0:0:0:0:0:a', [0x20, 0x01, 0x0d, 0xb8, ...zeros(11), 10]],
  ['64:ff9b::192.0.2.1', [0, 0x64, 0xff, 0x9b, ...zeros(8), 192, 0, 2, 1]],
])('the bytes of %s', (text, bytes) => {
  expect(addressBytes(text)).toEqual(bytes)
})

test.each(['', 'localhost', '1.2.3', '1.2.3.4:80', '[::1]', '::1%eth0', ':::', '1::2::3', '192.0.2.1, 192.0.2.2'])(
  '%j is no address',
  (text) => {
    expect(addressBytes(text)).toBeNull()
    expect(parseBlock(text)).toBeNull()
    expect(blockContains({ bytes: zeros(16), prefixLength: 0 }, text)).toBe(false)
  },
)

test.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/', '10.0.0.0/8/8', '::/129', '/8'])(
  '%j is no block',
  (text) => {
    expect(parseBlock(text)).toBeNull()
  },
)

test.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ['10.0.0.9', '10.0.0.9', true],
  ['10.0.0.9', '10.0.0.8', false],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '203.0.113.9', false],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
  ['::1', '::1', true],
])('%s holds %s: %s', (block, address, holds) => {
  expect(blockContains(parseBlock(block) ?? { bytes: [], prefixLength: 0 }, address)).toBe(holds)
})

test('a block holds its own address, and with one bit less still does', () => {
  const ipv4 = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }).map((bytes) => bytes.join('.'))
  fc.assert(
    fc.property(fc.oneof(ipv4, fc.ipV6()), fc.nat(31), (address, length) => {
      const blocks = [`${address}/${length + 1}`, `${address}/${length}`].map(parseBlock)
      expect(blocks.every((block) => block !== null && blockContains(block, address))).toBe(true)
    }),
  )
})
