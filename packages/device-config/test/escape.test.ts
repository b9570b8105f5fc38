import {
  fortiQuoted,
  iosWord,
  junosQuoted,
  panosQuoted,
  routerosQuoted,
  vyosQuoted,
} from '@tunnel-console/device-config/escape/cli'
import { hclString } from '@tunnel-console/device-config/escape/hcl'
import { birdString, frrWord } from '@tunnel-console/device-config/escape/routing'
import { legacySecret, quoted, secret } from '@tunnel-console/device-config/escape/strongswan'
import { expect, test } from 'vitest'

const writers = { iosWord, fortiQuoted, junosQuoted, panosQuoted, vyosQuoted, routerosQuoted, birdString, frrWord }

test.each<[keyof typeof writers, string, string | null]>([
  ['iosWord', 'a!b#c', 'a!b#c'],
  ['iosWord', 'a b', null],
  ['iosWord', 'a?b', null],
  ['iosWord', '"a"', null],
  ['fortiQuoted', 'a"b\\c', '"a\\"b\\\\c"'],
  ['fortiQuoted', 'a?b', null],
  ['fortiQuoted', 'a\nb', null],
  ['junosQuoted', 'a"b', '"a\\"b"'],
  ['junosQuoted', ' a', null],
  ['panosQuoted', 'a-b!', '"a-b!"'],
  ['panosQuoted', 'a|b', null],
  ['panosQuoted', 'a"b', null],
  ['panosQuoted', 'a\\', null],
  ['vyosQuoted', 'a"b', "'a\"b'"],
  ['vyosQuoted', "a'b", null],
  ['routerosQuoted', 'a$b"c\\', '"a\\24b\\22c\\5C"'],
  ['routerosQuoted', 'é', null],
  ['birdString', 'a b\\', '"a b\\"'],
  ['birdString', 'a"b', null],
  ['birdString', '', null],
  ['frrWord', 'a b', null],
  ['frrWord', '#a"!', '#a"!'],
  ['frrWord', ' a', null],
  ['frrWord', 'a\nb', null],
])('%s writes %j as %j', (writer, value, written) => {
  expect(writers[writer](value)).toBe(written)
})

test('a string of strongSwan keeps what ends it or a line', () => {
  expect(quoted('a"b\\c\nd#e')).toBe('"a\\"b\\\\c\\nd#e"')
})

test.each([
  ['plain "key"', '"plain \\"key\\""'],
  ['0x12', '0x30783132'],
  ['0Sabc', '0x3053616263'],
  ['é', '0xc3a9'],
  ['a\nb', '0x610a62'],
])('the secret %j is %s for swanctl', (key, written) => {
  expect(secret(key)).toBe(written)
})

test('ipsec.secrets knows no escapes, so what has quotes is written as its bytes', () => {
  expect(legacySecret('plain key')).toBe('"plain key"')
  expect(legacySecret('a"b')).toBe('0x612262')
  expect(legacySecret('a\\')).toBe('0x615c')
})

test('nothing in a string of Terraform is computed', () => {
  expect(hclString(`a"b\\$${'{x}'}%{y}$\n\u202e`)).toBe(`"a\\"b\\\\$$${'{x}'}%%{y}$\\u000a\\u202e"`)
})
