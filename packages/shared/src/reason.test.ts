import { expect, test } from 'vitest'
import { readReason, reasonHeader, reasonHeaders, reasonLength } from './reason.ts'

const carried = (text: string) => readReason(reasonHeaders(text)[reasonHeader])

test.each([
  'New router in Paris',
  'Neue Leitung: „Zürich“, 50 %',
  'Zeile 1\nZeile 2',
  '新しいルーター',
  'x'.repeat(reasonLength),
  '漢'.repeat(reasonLength),
  '😀'.repeat(reasonLength / 2),
])('a reason comes out of its header as it went in: %s', (text) => {
  expect(reasonHeaders(text)[reasonHeader]).toMatch(/^[\x21-\x7e]+$/)
  expect(carried(text)).toEqual({ reason: text })
})

test.each(['', '   ', '\n'])('no reason makes no header: %j', (text) => {
  expect(reasonHeaders(text)).toEqual({})
  expect(carried(text)).toEqual({})
})

test('blanks around a reason are no part of it', () => {
  expect(carried('  New router ')).toEqual({ reason: 'New router' })
})

test.each([
  ['too long', 'x'.repeat(reasonLength + 1), 'Use at most 500 characters'],
  ['much too long', 'x'.repeat(100_000), 'Use at most 500 characters'],
  ['not encoded', '50 % of it', 'It is not percent-encoded UTF-8'],
  ['half a character', '%E2%82', 'It is not percent-encoded UTF-8'],
  ['written backwards', encodeURIComponent('a\u202eb'), /^Take out character 2/],
  ['with a NUL', '%00', /^Take out character 1/],
])('a header that is %s is refused', (_, header, problem) => {
  expect(readReason(header)).toEqual({ problem: expect.stringMatching(problem) as string })
})
