import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexSecrets, redact } from '../src/cloudflare/redact.ts'
import { formsOf, leaksOf } from './security-world.ts'

const without = (text: string, ...secrets: string[]) => redact(text, [indexSecrets(secrets)])

const secrets = ['k3y!', "a'b\\c&d=e%f", 'correct horse', 'ünïcödé-këy', '🔑🔑🔑', 'x'.repeat(80), '$&', '[redacted]']

test.each(secrets)('S14 no form of the secret %j stays, in any case and anywhere in a text', (secret) => {
  for (const form of formsOf(secret).filter(({ length }) => length >= 4)) {
    for (const said of [form, form.toUpperCase(), `the key "${form}" is taken`, `key=${form}&x`, `(${form}),${form}`]) {
      expect(leaksOf(secret, without(said, secret).replaceAll('[redacted]', '#'))).toEqual([])
    }
  }
})

test('S14 a short key is taken out where it stands alone, and leaves the words around it whole', () => {
  const text = 'The value "abc" of md5_key=abc is wrong: use an alphabet of abcdef, not abc'
  expect(without(text, 'abc')).toBe(
    'The value "[redacted]" of md5_key=[redacted] is wrong: use an alphabet of abcdef, not [redacted]',
  )
  expect(without('a tunnel at 10.61.0.1 has a key "a"', 'a')).toBe(
    '[redacted] tunnel at 10.61.0.1 has [redacted] key "[redacted]"',
  )
  expect(without('a % of what?', '%')).toBe('a [redacted] of what?')
})

test('S14 secrets that overlap or hold each other go together', () => {
  expect(without('<abcdefgh>', 'abcdef', 'defgh')).toBe('<[redacted]>')
  expect(without('<xxabcdyy>', 'abcd', 'xxabcdyy')).toBe('<[redacted]>')
  expect(without('<abcdabcd>', 'abcd')).toBe('<[redacted][redacted]>')
})

test('S14 secrets of several indexes are found in one pass', () => {
  expect(redact('one-key and two-key', [indexSecrets(['one-key']), indexSecrets(['two-key'])])).toBe(
    '[redacted] and [redacted]',
  )
})

test('S14 no half of a secret stays where an endless text is cut', () => {
  const secret = 'correct-horse-battery'
  for (let place = 16_384 - secret.length - 1; place <= 16_384; place++) {
    const clean = without(`${'.'.repeat(place)}${secret}${'.'.repeat(100)}`, secret)
    expect(clean.replaceAll('[redacted]', '')).toMatch(/^\.*$/)
  }
})

test('S14 a text without secrets stays as it is, İ and half characters included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(without(text, 'correct-horse-battery')).toBe(text)
      expect(without(`İ${text}correct-horse-battery`, 'correct-horse-battery')).toBe(`İ${text}[redacted]`)
    }),
  )
})

test('S14 thousands of keys and a hostile answer cost little', () => {
  const hostile = 'key-number-key-number-1'.repeat(1000)
  /** The least of five: what else the machine does only adds to it. */
  const costOf = (keys: number) => {
    const index = indexSecrets(Array.from({ length: keys }, (_, number) => `key-number-${number}-of-many`))
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      redact(hostile, [index])
      return performance.now() - start
    })
    return Math.min(...times)
  }
  costOf(20)
  expect(costOf(2000)).toBeLessThan(20 * costOf(20))
})
