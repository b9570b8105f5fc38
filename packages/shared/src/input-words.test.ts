import { expect, test } from 'vitest'
import { inputs, queries } from './inputs.ts'
import { z } from './zod.ts'

/** Wrong in as many ways as there are kinds of rules: missing, of another kind, empty, too small, too large, no choice. */
const bad: readonly unknown[] = [
  undefined,
  null,
  true,
  '',
  ' ',
  'x',
  '\u0000',
  '😀'.repeat(30_000),
  -1,
  0,
  0.5,
  1e15,
  Number.NaN,
  [],
  ['x'],
  Array.from({ length: 1001 }, () => 0),
  {},
  { unknown: 1 },
]

/** The schemas below one: what it wraps, what it may be, and its entries. */
function below(schema: z.ZodType): z.ZodType[] {
  const { def } = schema as unknown as { def: Record<string, unknown> }
  return ['innerType', 'in', 'out', 'element', 'options']
    .flatMap((name) => def[name] ?? [])
    .filter((one): one is z.ZodType => one instanceof z.ZodType)
}

/** Values of the shape of a schema in which one place after the other is bad. */
function* wrong(schema: z.ZodType, value: unknown): Generator<unknown> {
  yield value
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape as Record<string, z.ZodType>)
    const fixed = fields.flatMap(([name, field]) =>
      field instanceof z.ZodLiteral ? [[name, [...field.values][0]]] : [],
    )
    for (const [name, field] of fields)
      for (const one of wrong(field, value)) yield { ...Object.fromEntries(fixed), [name]: one }
  }
  if (schema instanceof z.ZodArray) for (const one of wrong(schema.element as z.ZodType, value)) yield [one]
  else for (const one of below(schema)) yield* wrong(one, value)
}

/** Every message of a schema for values that are wrong in every place and every way. */
function messagesOf(schema: z.ZodType): string[] {
  const all = bad
    .flatMap((value) => [...wrong(schema, value)])
    .flatMap((value) => schema.safeParse(value).error?.issues ?? [])
  return [...new Set(all.map(({ message }) => message))]
}

/** How zod begins, in its own words for each kind of issue. */
const zodsOwn = /^(Invalid|Too (small|big)|Unrecognized|Expected|Required)/

test('the values reach zod’s own words where a rule has none', () => {
  const bare = z.strictObject({ a: z.number().min(1), b: z.array(z.enum(['x', 'y'])), c: z.iso.datetime() })
  const { customError } = z.core.globalConfig
  z.core.globalConfig.customError = undefined
  const theirs = messagesOf(bare)
  z.core.globalConfig.customError = customError
  expect(theirs.filter((message) => !zodsOwn.test(message))).toEqual([])
  expect(theirs.length).toBeGreaterThan(5)
  expect(messagesOf(bare).toSorted()).toEqual([
    'Choose x or y',
    'Give a list here',
    'Give a number here',
    'Give a number of at least 1',
    'Give a text here',
    'Give an object here',
    'This field is not known here',
    'This is missing: give a list',
    'This is missing: give a number',
    'This is missing: give a text',
    'This is missing: give an object',
    'Write a moment with its zone, such as 2026-11-29T02:00:00+01:00',
  ])
})

test.each(Object.entries({ ...inputs }))('what %s takes says in our words what is wrong', (_, schema) => {
  const messages = messagesOf(schema)
  expect(messages.length).toBeGreaterThan(2)
  expect(messages.filter((message) => zodsOwn.test(message) || message.trim() === '')).toEqual([])
})

test.each(Object.entries({ ...queries }))('the query of %s says what a parameter must be', (_, schema) => {
  const texts = ['', 'x', 'x'.repeat(300)].flatMap((value) => [...wrong(schema, value)])
  const messages = texts
    .flatMap((value) => schema.safeParse(value).error?.issues ?? [])
    .filter(({ path }) => path.length > 0)
  expect(messages.map(({ message }) => message).filter((message) => !message.startsWith('must '))).toEqual([])
})
