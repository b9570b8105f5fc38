import { expect, test } from 'vitest'
import { parseFilter } from './filter.ts'
import { allKeys, suggestionsFor, wordAt } from './filter-suggestions.ts'

const known = { sites: ['new york', 'oslo', 'paris', 'paris-north'], canSeeKeys: true }
const texts = (word: string, more: Partial<typeof known> = {}) =>
  suggestionsFor(word, { ...known, ...more }).map(({ text }) => text)

test.each([
  ['s', ['state:', 'site:', 'since:']],
  ['-st', ['-state:']],
  ['', []],
  ['paris', []],
  ['2606:54', []],
  ['bgp:', ['bgp:up', 'bgp:establishing', 'bgp:down', 'bgp:unknown', 'bgp:none']],
  ['state:d', ['state:down', 'state:degraded']],
  ['-state:down,d', ['-state:down,degraded']],
  ['state:down', []],
  ['site:par', ['site:"paris"', 'site:"paris-north"']],
  ['site:"new', ['site:"new york"']],
  ['key:>', ['key:>365d', 'key:>730d']],
  ['changed:<24', ['changed:<24h']],
])('%j goes on as %j', (word, expected) => {
  expect(texts(word)).toEqual(expected)
})

test('the key is nothing for those who see none', () => {
  expect(texts('k', { canSeeKeys: false })).toEqual([])
  expect(texts('key:', { canSeeKeys: false })).toEqual([])
  expect(allKeys({ sites: [], canSeeKeys: false }).map(({ text }) => text)).not.toContain('key:')
})

test('everything that is suggested whole is a filter without a fault', () => {
  const whole = allKeys(known).flatMap(({ text }) => suggestionsFor(text, known))
  expect(whole.length).toBeGreaterThan(25)
  for (const { text } of whole) {
    expect(parseFilter(text)).toMatchObject({ text: '', terms: [{ isOpen: false, problem: null }] })
  }
})

test('the word at the cursor is the one that is typed, with its blanks in quotes', () => {
  expect(wordAt('head st office', 7)).toEqual({ word: 'st', start: 5, end: 7 })
  expect(wordAt('head site:"new yo', 17)).toEqual({ word: 'site:"new yo', start: 5, end: 17 })
  expect(wordAt('head ', 5)).toEqual({ word: '', start: 5, end: 5 })
})
