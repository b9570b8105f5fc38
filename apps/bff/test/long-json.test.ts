import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KnownSlices, parseLong } from '../src/cloudflare/long-json.ts'

/** Entries until the text of them is so long that they are parsed in slices. */
const many = (entry: unknown) =>
  Array.from({ length: Math.ceil(600_000 / (JSON.stringify(entry).length + 1)) }, () => entry)

const envelopeOf = (list: unknown[], isNamed = true) => ({
  success: true,
  errors: [],
  result: isNamed ? { ipsec_tunnels: list } : list,
  messages: [],
})

const hostile = ['"result":[', '\\', '\\"', ']},{[', '"', '\u2028', '{"result":[1,2', 'é"\\\\'].map((text) => ({
  id: 'x',
  description: text,
  more: [text, { deep: [[], {}, text] }],
}))

test.each([
  ['under a name', true],
  ['as the result itself', false],
])('T5 a long list %s is what JSON.parse makes of it, hostile words and all', async (_, isNamed) => {
  const envelope = envelopeOf([...hostile, ...many(hostile)].flat(), isNamed)
  for (const space of [undefined, 1]) {
    const parsed = await parseLong(JSON.stringify(envelope, null, space))
    expect(JSON.stringify(parsed) === JSON.stringify(envelope)).toBe(true)
  }
})

const plainValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('value'), { maxKeys: 3 }),
  ),
})).value

test('T5 any list is what JSON.parse makes of it', async () => {
  await fc.assert(
    // V8 itself may take a key of an escaped quote for one of a backslash, so keys are plain.
    fc.asyncProperty(fc.array(plainValue, { minLength: 1, maxLength: 4 }), fc.boolean(), async (list, isNamed) => {
      const text = JSON.stringify(envelopeOf([...list, ...many(list)], isNamed))
      expect(JSON.stringify(await parseLong(text)) === JSON.stringify(JSON.parse(text))).toBe(true)
    }),
    { numRuns: 10 },
  )
})

interface Parsed {
  result: { ipsec_tunnels: unknown[] }
}

test('T5 what stands in the next answer again is the same objects, and the rest is as it stands there', async () => {
  const known: KnownSlices = { slices: [] }
  const entries = Array.from({ length: 1000 }, (_, i) => ({ id: `id-${i}`, description: 'x'.repeat(800) }))
  const read = async (list: unknown[]) => {
    const text = JSON.stringify(envelopeOf(list))
    const parsed = (await parseLong(text, known)) as Parsed
    expect(JSON.stringify(parsed) === text).toBe(true)
    return parsed.result.ipsec_tunnels
  }
  const first = await read(entries)
  const again = await read(entries)
  expect(again.every((entry, i) => entry === first[i])).toBe(true)
  const longer = await read(entries.with(450, { id: 'id-450', description: 'y'.repeat(5000) }))
  const same = longer.filter((entry, i) => entry === first[i]).length
  expect(same).toBeGreaterThanOrEqual(800)
  expect(same).toBeLessThan(1000)
  await read(entries.slice(1))
  await read([...entries, ...entries])
  await read(entries.slice(0, 700))
})

test('T5 a list that follows another one is what JSON.parse makes of it', async () => {
  const filling = many({ id: 'x'.repeat(500) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(plainValue, { maxLength: 4 }), { minLength: 2, maxLength: 4 }),
      async (lists) => {
        const known: KnownSlices = { slices: [] }
        for (const list of lists) {
          const text = JSON.stringify(envelopeOf([...filling, ...list, ...filling, ...list]))
          expect(JSON.stringify(await parseLong(text, known)) === JSON.stringify(JSON.parse(text))).toBe(true)
        }
      },
    ),
    { numRuns: 5 },
  )
})

test('T5 while ten thousand tunnels are parsed others have their turn, many times', async () => {
  let turns = 0
  const count = () => {
    turns++
    next = setImmediate(count)
  }
  let next = setImmediate(count)
  await parseLong(JSON.stringify(envelopeOf([...many('x'.repeat(100)), ...many('x'.repeat(100))])))
  clearImmediate(next)
  expect(turns).toBeGreaterThanOrEqual(4)
})

const long = JSON.stringify(envelopeOf(many({ id: 'x' })))
test.each([
  ['cut in the middle', long.slice(0, 400_000)],
  ['cut before its end', long.slice(0, -1)],
  ['broken in one entry', long.replace('{"id":"x"},{"id"', '{"id":"x"},{"id"}')],
  ['with a comma too many', long.replace(']}', ',]}')],
  ['followed by more', `${long}{}`],
])('a long answer that is %s is no JSON', async (_, text) => {
  await expect(parseLong(text.padEnd(600_000))).rejects.toThrow(SyntaxError)
})

test.each([
  ['two lists', { success: true, result: { one: many('x'), two: [1] } }],
  ['a list that is not the result', { list: { result: many('x') }, result: [] }],
  ['no list', { success: true, result: 'x'.repeat(600_000) }],
  ['an empty list', { success: true, result: { ipsec_tunnels: [] }, more: 'x'.repeat(600_000) }],
])('a long answer with %s is taken as it is', async (_, value) => {
  expect(await parseLong(JSON.stringify(value))).toEqual(value)
})
