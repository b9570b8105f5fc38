import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames, orderOfNames } from './name-order.ts'

const inOrder = (names: readonly string[]) => orderOfNames(names).map((at) => names[at])
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

test('numbers in names count as numbers, and the case does not', () => {
  expect(inOrder(['branch-10', 'Branch-9', 'branch-1a', 'a-1', 'a1', 'a', ''])).toEqual([
    '',
    'a',
    'a-1',
    'a1',
    'branch-1a',
    'Branch-9',
    'branch-10',
  ])
  expect(orderOfNames(['b-07', 'B-7', 'b-007'])).toEqual([0, 1, 2])
  expect(inOrder(['Zürich', 'zagreb', 'Ängelholm', 'ab'])).toEqual(['ab', 'Ängelholm', 'zagreb', 'Zürich'])
  expect(inOrder(['x-99999999999', 'x-1234567890', 'x-5'])).toEqual(['x-5', 'x-1234567890', 'x-99999999999'])
})

test('two names compare as the collator has them, plain or not', () => {
  const name = fc.stringMatching(/^[aAbzé._019-]{0,8}$/)
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Math.sign(collator.compare(a, b)))
    }),
    { numRuns: 500 },
  )
})

test('T8 plain names stand in the order that the collator gives', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[aAbz019-]{0,8}$/), { maxLength: 30 }), (names) => {
      expect(inOrder(names)).toEqual([...names].sort(collator.compare))
    }),
    { numRuns: 500 },
  )
})
