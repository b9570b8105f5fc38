import { expect, test } from 'vitest'
import { testNames } from './test-names.ts'

test.each<[string, string, string[][]]>([
  ['a test', `test('adds', () => {})`, [['adds']]],
  [
    'a test in groups',
    `describe('a', () => { describe('b', () => { it('c', f) }); test('d', f) })`,
    [
      ['a', 'b', 'c'],
      ['a', 'd'],
    ],
  ],
  ['a table', `test.each([[1, 2]])('adds %d', f)`, [['adds %d']]],
  ['a table with types', `test.each<[string, Fault]>(cases)('adds %s', f)`, [['adds %s']]],
  ['a group of tables', `describe.each(kinds)('$kind', () => { test.each(a)('x', f) })`, [['$kind', 'x']]],
  [
    'a journey',
    `test.describe('a', () => { test('b', async ({ page }) => { await test.step('c', f) }) })`,
    [['a', 'b']],
  ],
  ['a name with a value in it', 'test(`takes $' + '{limit} ms`, f)', [['takes … ms']]],
  ['a name with quotes', `test("it's", f)`, [["it's"]]],
  ['what never runs', `test.skip('a', f); test.todo('b'); test.fixme('c', f)`, []],
  ['what is no test', `suite('a', f); expect('b').toBe('c'); test.beforeEach('d', f); x.test('e')`, []],
])('finds the names of %s', (_, source, names) => {
  expect(testNames('a.test.tsx', source)).toEqual(names)
})

test('a case of a table that names a row is a name of its own', () => {
  const source = `test.each([['S01 $1 nothing', 1], ['S02 null', 2], ['else', 3]])('%s is read as %d', f)`
  expect(testNames('a.test.ts', source)).toEqual([['S01 $1 nothing is read as %d'], ['S02 null is read as %d']])
})

test('text that looks like a test is none', () => {
  const source = `// test('a', f)\nconst text = "test('b', f)"\ntest('c', f)`
  expect(testNames('a.test.ts', source)).toEqual([['c']])
})
