import { expect, test } from 'vitest'
import { readRepoFile } from './repo-files.ts'
import { complaints, proofsIn, readProofs, readRows, render, requirementsFile } from './requirements.ts'

const id = (letter: string, number: number) => `${letter}${number}`
const [first, second, third] = [id('U', 1), id('U', 2), id('U', 17)]

test('the table of rows and tests is current (else: node scripts/requirements.ts)', () => {
  const document = readRepoFile(requirementsFile)
  expect(document).toBe(render(document, readProofs()))
})

test('every row that a test names has a meaning, and every meaning a test or a place under "Not yet proved"', () => {
  expect(complaints(readRows(readRepoFile(requirementsFile)), readProofs())).toEqual([])
})

test('a row without meaning, a meaning without test, and a proved row that is listed as not yet proved are told', () => {
  const proofs = proofsIn('a.test.ts', `test('${first} a', f); test('${second} b', f)`)
  const document = [`| ${second} | Two |`, `| ${third} | Seventeen |`, '## Not yet proved', `- ${second}`].join('\n')
  expect(complaints(readRows(document), proofs)).toEqual([
    `${first} is in the name of a test: say what it means`,
    `${third} has no test`,
    `${second} has a test: take it out of "Not yet proved"`,
  ])
})

test('a row that is not yet proved needs a meaning, and with one it is no complaint', () => {
  const list = `## Not yet proved\n- ${first}\n`
  expect(complaints(readRows(list), [])).toEqual([`${first} is not yet proved: say what it means`])
  expect(complaints(readRows(`| ${first} | One |\n${list}`), [])).toEqual([])
})

test('an id in the name of a group counts for each of its tests, and an id that is named twice counts once', () => {
  const source = `describe('${first} x', () => { test('${first} a', f); test('b (${second})', f) })`
  expect(proofsIn('a.test.ts', source).map(({ row, test }) => `${row}: ${test}`)).toEqual([
    `${first}: ${first} x › ${first} a`,
    `${first}: ${first} x › b (${second})`,
    `${second}: ${first} x › b (${second})`,
  ])
})

test('what people wrote is left as it is, and the generated part is replaced', () => {
  const once = render(`# Title\n\n| ${first} | One |\n\n`, proofsIn('a.test.ts', `test('${first} a | b', f)`))
  expect(once).toContain(`| ${first} | ${first} a \\| b | [a.test.ts](../a.test.ts) |`)
  const again = render(once, [])
  expect(again.startsWith(`# Title\n\n| ${first} | One |\n\n`)).toBe(true)
  expect(again).not.toContain('a.test.ts')
})
