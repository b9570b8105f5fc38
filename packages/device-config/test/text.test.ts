import { commented, harmless, textOf } from '@tunnel-console/device-config/text'
import { expect, test } from 'vitest'

test('no line of a text can hold another, or a mark that nobody sees', () => {
  expect(textOf('a\nb\r', [false, null, 'c\u2028\u202e\0'])).toBe('a<U+000A>b<U+000D>\nc<U+2028><U+202E><U+0000>\n')
})

test('free text keeps its letters in every script, and tells every other mark by its number', () => {
  expect(harmless('Zürich 東京-a (main)')).toBe('Zürich 東京-a (main)')
  expect(harmless('a"b\'c`d$e\\f#g!h?i;j{k|l<m*n%')).toBe(
    'a<U+0022>b<U+0027>c<U+0060>d<U+0024>e<U+005C>f<U+0023>g<U+0021>h<U+003F>i<U+003B>j<U+007B>k<U+007C>l<U+003C>m<U+002A>n<U+0025>',
  )
})

test('a comment stays one, line by line', () => {
  expect(commented('#', ['a', ['', 'b']], false)).toEqual(['# a', '#', '# b'])
})
