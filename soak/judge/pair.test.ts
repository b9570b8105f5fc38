import { expect, test } from 'vitest'
import { pair } from './pair.ts'

const among = (choices: Record<string, string>) => (l: string, r: string) => choices[l]?.includes(r) ?? false

test('as many pairs are made as there can be, though the first choice was another’s only one', () => {
  const pairs = pair(['a', 'b'], ['1', '2'], [among({ a: '12', b: '1' })])
  expect([...pairs]).toEqual(
    expect.arrayContaining([
      ['a', '2'],
      ['b', '1'],
    ]),
  )
})

test('nobody is paired twice, and who finds none stays alone', () => {
  expect(pair(['a', 'b', 'c'], ['1'], [among({ a: '1', b: '1' })]).size).toBe(1)
})

test('a pair of an earlier tier is kept when a later tier has to do', () => {
  const pairs = pair(['a', 'b'], ['1', '2'], [among({ a: '1' }), among({ a: '12', b: '2' })])
  expect(Object.fromEntries(pairs)).toEqual({ a: '1', b: '2' })
})
