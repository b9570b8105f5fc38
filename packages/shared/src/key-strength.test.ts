import { expect, test } from 'vitest'
import { secretBits, strengthOf } from './key-strength.ts'

test.each([
  ['', 0],
  ['a', 4],
  ['aaaaaaaa', 4],
  ['hunter2', 36],
  ['abababababababab', 25],
  ['correct horse battery staple', 164],
  ['Wq7x_-PbL0aZ3kYtN9sVdQ4mEuR8hCgJ', 210],
  ['ключ', 26],
])('%j takes %i bits to write down at most', (secret, bits) => {
  expect(secretBits(secret)).toBe(bits)
})

test('one more character never makes a secret count for less', () => {
  const text = 'aab1 -Zz!!!ö€😀 aaaa0000'
  const counts = [...text].map((_, index, all) => secretBits(all.slice(0, index + 1).join('')))
  expect(counts).toEqual([...counts].sort((a, b) => a - b))
})

test.each([
  [0, 'weak'],
  [63, 'weak'],
  [64, 'fair'],
  [127, 'fair'],
  [128, 'strong'],
  [256, 'strong'],
] as const)('%i bits are %s', (bits, strength) => {
  expect(strengthOf(bits)).toBe(strength)
})

test('32 random bytes in base64url, as the console makes them, count as strong', () => {
  const bytes = Array.from({ length: 32 }, (_, index) => (index * 197 + 31) % 256)
  expect(strengthOf(secretBits(btoa(String.fromCharCode(...bytes)).replace('=', '')))).toBe('strong')
})
