import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, visibleJson } from './csv.ts'

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['two words', 'two words'],
  ['a,b', '"a,b"'],
  ['a;b', '"a;b"'],
  ['say "hi"', '"say ""hi"""'],
  ['Zürich → Genève', '"Zürich → Genève"'],
])('a cell that says %j is written %j', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
})

test.each([
  ['=1+1', `"'=1+1"`],
  ['+41', `"'+41"`],
  ['-', `"'-"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\\u0009=1"`],
  ['\r=1', `"'\\u000d=1"`],
  ['\n=1', `"'\\u000a=1"`],
  ['\0=1', `"'\\u0000=1"`],
  ['  =1', `"'  =1"`],
  ['＝1', `"'＝1"`],
])('S60 a cell that starts like a formula, %j, is text', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
})

test.each([
  ['a\r\nb', '"a\\u000d\\u000ab"'],
  ['\u001b[31mred', '"\\u001b[31mred"'],
  ['\u009b31mred', '"\\u009b31mred"'],
  ['abc\u202etxt.exe', '"abc\\u202etxt.exe"'],
  ['zero\u200bwidth', '"zero\\u200bwidth"'],
  ['half\ud800', '"half\\ud800"'],
  ['tag\u{e0041}', '"tag\\udb40\\udc41"'],
])('S66 a character that is not to be seen is written as its escape: %j', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
})

test('numbers, truth and nothing are written as they are', () => {
  expect(csvLine([-1, true, null, 'end'])).toBe('-1,true,,end\r\n')
})

test('a line is one line of as many cells, whatever is in them', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
      const line = csvLine(cells)
      expect(line.endsWith('\r\n')).toBe(true)
      expect(line.slice(0, -2)).not.toMatch(/[\r\n]/)
      expect(read(line)).toHaveLength(cells.length)
    }),
  )
})

test('S66 visible JSON is the same value, and shows nothing but what is to be seen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(visibleJson({ text }))).toEqual({ text })
      expect(visibleJson({ text })).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
    }),
  )
})

/** The cells of a line as they are written: a comma parts them unless it stands within quotes. */
function read(line: string): string[] {
  return line.slice(0, -2).split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
}
