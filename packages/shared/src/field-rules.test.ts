import fc from 'fast-check'
import { expect, test } from 'vitest'
import { description, hiddenCharacter, name } from './field-rules.ts'

const complaint = (rule: typeof name | typeof description, text: string) =>
  rule.safeParse(text).error?.issues.map(({ message }) => message)

test.each([
  ['a NUL character', '\0', 'U+0000'],
  ['a control character', '\x07', 'U+0007'],
  ['the escape of a terminal', '\x1b', 'U+001B'],
  ['DEL', '\x7f', 'U+007F'],
  ['a C1 control', '\u0085', 'U+0085'],
  ['an Arabic letter mark', '\u061c', 'U+061C'],
  ['a zero-width space', '\u200b', 'U+200B'],
  ['a left-to-right mark', '\u200e', 'U+200E'],
  ['a right-to-left mark', '\u200f', 'U+200F'],
  ['a line separator', '\u2028', 'U+2028'],
  ['an embedding', '\u202a', 'U+202A'],
  ['a right-to-left override', '\u202e', 'U+202E'],
  ['a word joiner', '\u2060', 'U+2060'],
  ['an isolate', '\u2066', 'U+2066'],
  ['the end of an isolate', '\u2069', 'U+2069'],
  ['a byte order mark', '\ufeff', 'U+FEFF'],
  ['half a surrogate pair', '\ud83d', 'U+D83D'],
  ['the other half', '\udd11', 'U+DD11'],
])('%s in a name or a description is refused, with its number and its place', (_what, character, number) => {
  for (const rule of [name, description]) {
    expect(complaint(rule, `fra${character}dc1`)).toEqual([
      expect.stringMatching(`\\(${number.replace('+', '\\+')}\\)`),
    ])
    expect(complaint(rule, `🔑ra${character}dc1`)).toEqual([expect.stringContaining('character 4')])
  }
})

test('the message says what to take out', () => {
  expect(complaint(name, 'fra\u202edc1')).toEqual(['Take out character 4, a mark that turns the writing (U+202E)'])
  expect(complaint(name, 'fra\0')).toEqual(['Take out character 4, a control character (U+0000)'])
  expect(complaint(name, 'a\u200bb')).toEqual(['Take out character 2, an invisible character (U+200B)'])
  expect(complaint(name, '\ud800b')).toEqual(['Take out character 1, half a character (U+D800)'])
})

test.each(['fra-dc1-a', 'Zürich – Büro', 'Åre 2', 'دفتر‌خانه', '東京', 'key 🔑 and family 👩‍👧', 'المكتب'])(
  'the name %j may be written',
  (text) => {
    expect(name.parse(text)).toBe(text)
    expect(description.parse(text)).toBe(text)
  },
)

test('a description may have lines and columns, a name may not', () => {
  const text = 'line one\r\nline\ttwo\n'
  expect(description.parse(text)).toBe(text)
  expect(complaint(name, 'one\ntwo')).toEqual(['Take out character 4, a control character (U+000A)'])
  expect(complaint(name, 'one\ttwo')).toEqual(['Take out character 4, a control character (U+0009)'])
})

test('what stands around a name falls away before it is judged', () => {
  expect(name.parse(' \tfra-dc1-a\r\n')).toBe('fra-dc1-a')
  expect(complaint(name, '\ufeff \n')).toEqual(['Give the tunnel a name'])
})

test('every text that passes is well formed and shows all that it holds', () => {
  const hidden = fc.constantFrom('\0', '\u200b', '\u202e', '\u2028', '\ud83d', '\udd11', '\ufeff')
  const unit = fc.oneof(hidden, fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))
  fc.assert(
    fc.property(fc.array(unit), (parts) => {
      const text = parts.join('')
      const isClean = text.isWellFormed() && !/[\p{Cc}\u2028\u2029\p{Bidi_Control}\u200b\u2060\ufeff]/u.test(text)
      expect(hiddenCharacter(text) === null).toBe(isClean)
    }),
  )
})
