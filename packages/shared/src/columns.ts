/**
 * A list of like objects, one column for each of their fields: field names and values that many rows share are said once.
 * Lossless for whatever JSON can say; fields of an object come back in the order of the first row.
 */
export interface Columns {
  rows: number
  column: Column
}

export type Column =
  /** Every row has this value. */
  | { same: unknown }
  /** A value for each row. */
  | { each: unknown[] }
  /** Few values for many rows: which of them each row has. */
  | { words: unknown[]; at: number[] }
  /** A moment for each row: the day is one of `days`, the time is in milliseconds. `short`: written without them. */
  | { days: string[]; at: number[]; times: number[]; short: boolean }
  /** The value of another column, by its place among the columns of text, with the same words around it in each row. */
  | { as: number; before: string; after: string }
  /** The same, written as the hexadecimal digits of its bytes. */
  | { hex: Repeat }
  /** An object in each row, all with these fields. */
  | { fields: { [name: string]: Column } }
  /** `null` in the rows where one more row of `nulls` ends; `rest` is of the others. */
  | { nulls: number[]; rest: Column }

/** As `encodeSteps`, all at once. */
export const encodeColumns = (list: readonly unknown[]): Columns => atOnce(encodeSteps(list))

/** Takes all steps without a pause. */
function atOnce<R>(steps: Generator<undefined, R>): R {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Makes columns of a list, and pauses after each column, so that others may have their turn. */
export function* encodeSteps(list: readonly unknown[]): Generator<undefined, Columns> {
  return { rows: list.length, column: yield* columnOf(list, []) }
}

/** As `decodeSteps`, all at once. */
export const decodeColumns = (columns: Columns): unknown[] => atOnce(decodeSteps(columns))

/** Makes the list that the columns were made of, and pauses after each column. Throws for what `encodeSteps` never gives. */
export const decodeSteps = ({ rows, column }: Columns): Generator<undefined, unknown[]> => valuesOf(column, rows, [])

/** Columns of text made so far, with the rows that they are of: another may say the same. */
type Texts = (readonly string[])[]

function* columnOf(values: readonly unknown[], texts: Texts): Generator<undefined, Column> {
  yield
  const [first] = values
  if (values.length === 0) return { each: [] }
  if (!isGroup(first) && values.every((value) => isSame(value, first))) return { same: first }
  if (values.every(isGroup)) return isAlike(values) ? yield* fieldsOf(values, texts) : { each: [...values] }
  const isNull = values.map((value) => value === null)
  if (isNull.includes(true)) return yield* withNulls(values, isNull)
  return values.every((value) => typeof value === 'string') ? textColumn(values, texts) : wordsOf(values)
}

/** Whether a value is an object with fields; a field of this name would be lost on the way. */
const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, '__proto__')

const isSame = (a: unknown, b: unknown) =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

/** Whether all have the fields of the first, in its order. */
function isAlike(groups: readonly Record<string, unknown>[]): boolean {
  const names = Object.keys(groups[0] ?? {})
  return groups.every((group) => {
    let place = 0
    for (const name in group) if (name !== names[place++]) return false
    return place === names.length
  })
}

function* fieldsOf(groups: readonly Record<string, unknown>[], texts: Texts): Generator<undefined, Column> {
  const fields: { [name: string]: Column } = {}
  for (const name of Object.keys(groups[0] ?? {})) {
    fields[name] = yield* columnOf(
      groups.map((group) => group[name]),
      texts,
    )
  }
  return Object.values(fields).every((field) => 'same' in field) ? { same: groups[0] } : { fields }
}

function* withNulls(values: readonly unknown[], isNull: readonly boolean[]): Generator<undefined, Column> {
  const nulls: number[] = []
  let last = -1
  for (const [row, is] of isNull.entries()) {
    if (!is) continue
    nulls.push(row - last)
    last = row
  }
  // Other rows than those outside: what stands in a column out there is not beside these.
  const rest = yield* columnOf(
    values.filter((_, row) => !isNull[row]),
    [],
  )
  return { nulls, rest }
}

function textColumn(values: readonly string[], texts: Texts): Column {
  const repeated = repeatOf(values, texts) ?? hexOf(values, texts)
  if (repeated) return repeated
  const moments = momentsIn(values)
  if (moments) return moments
  texts.push(values)
  return wordsOf(values)
}

type Repeat = Extract<Column, { as: number }>
type Moments = Extract<Column, { days: string[] }>

function repeatOf(values: readonly string[], texts: Texts): Repeat | null {
  for (const [as, text] of texts.entries()) {
    const [whole = '', part = ''] = [values[0], text[0]]
    const start = part === '' ? -1 : whole.indexOf(part)
    if (start < 0) continue
    const [before, after] = [whole.slice(0, start), whole.slice(start + part.length)]
    if (values.every((value, row) => value === before + text[row] + after)) return { as, before, after }
  }
  return null
}

/** A function takes only so many arguments. */
const mostHex = 1000

/** Cloudflare writes the IKE identity of a tunnel's id in this way: twice as long, and saying nothing new. */
function hexOf(values: readonly string[], texts: Texts): Column | null {
  const [first = ''] = values
  if (!/^(?:[2-7][0-9a-f])+$/.test(first)) return null
  const read = first.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
  const hex = repeatOf([read], texts)
  return hex && values.every((value, row) => isHexOf(value, repeated(hex, texts, row))) ? { hex } : null
}

const repeated = ({ as, before, after }: Repeat, texts: Texts, row: number) => before + texts[as]?.[row] + after

const isHexOf = (hex: string, text: string) =>
  hex.length === 2 * text.length && hex.length <= mostHex && hex === hexOfText(text)

/** At once, since a text that grows piece by piece stays in pieces, which take ten times its memory. */
function hexOfText(text: string): string {
  const codes: number[] = []
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    codes.push(digitCode(code >> 4), digitCode(code & 15))
  }
  return String.fromCharCode(...codes)
}

const digitCode = (digit: number) => digit + (digit < 10 ? 48 : 87)

/** Moments in UTC that are written as Cloudflare or `Date` writes them. `Date` itself would take ten times as long. */
function momentsIn(values: readonly string[]): Moments | null {
  const short = values[0]?.length === 20
  const places = new Map<string, number>()
  const moments: Moments = { days: [], at: [], times: [], short }
  for (const value of values) {
    if (value[10] !== 'T' || value.length !== (short ? 20 : 24)) return null
    const [day, time] = [value.slice(0, 10), millisecondsIn(value)]
    if (value !== day + timeOf(time, short)) return null
    let place = places.get(day)
    if (place === undefined) {
      place = moments.days.push(day) - 1
      places.set(day, place)
    }
    moments.at.push(place)
    moments.times.push(time)
  }
  return moments.days.length > values.length / 2 ? null : moments
}

function millisecondsIn(moment: string): number {
  const digit = (place: number) => moment.charCodeAt(place) - 48
  const two = (place: number) => digit(place) * 10 + digit(place + 1)
  const part = moment.length === 20 ? 0 : digit(20) * 100 + two(21)
  return ((two(11) * 60 + two(14)) * 60 + two(17)) * 1000 + part
}

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

function timeOf(time: number, short: boolean): string {
  const seconds = Math.floor(time / 1000)
  const minutes = Math.floor(seconds / 60)
  const text = `T${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`
  if (short) return `${text}Z`
  const part = time % 1000
  return `${text}.${Math.floor(part / 100)}${twoDigits[part % 100]}Z`
}

function wordsOf(values: readonly unknown[]): Column {
  const most = values.length / 4
  const places = new Map<unknown, number>()
  const words: unknown[] = []
  const at: number[] = []
  for (const value of values) {
    const key = typeof value === 'object' ? `\0${JSON.stringify(value)}` : value
    const place = places.get(key) ?? words.length
    if (place === words.length) {
      if (words.length >= most) return { each: [...values] }
      places.set(key, place)
      words.push(value)
    }
    at.push(place)
  }
  return { words, at }
}

function* valuesOf(column: Column, rows: number, texts: string[][]): Generator<undefined, unknown[]> {
  yield
  if ('same' in column) return new Array(rows).fill(column.same)
  if ('days' in column) return momentsOf(column)
  if ('as' in column) return repeatedOf(column, texts)
  if ('hex' in column) return repeatedOf(column.hex, texts).map(hexOfText)
  if ('fields' in column) return yield* groupsOf(column.fields, rows, texts)
  if ('nulls' in column) return yield* withNullsAgain(column, rows)
  const values = 'words' in column ? column.at.map((place) => column.words[place]) : column.each
  if (rows > 0 && values.every((value) => typeof value === 'string')) texts.push(values)
  return values
}

const momentsOf = ({ days, at, times, short }: Moments): string[] =>
  times.map((time, row) => days[at[row] ?? 0] + timeOf(time, short))

function repeatedOf({ as, before, after }: Repeat, texts: readonly string[][]): string[] {
  const text = texts[as]
  if (!text) throw new RangeError('A column is said to be as one that is not there')
  return text.map((value) => before + value + after)
}

/** Objects take longer to make than anything else here: of ten thousand, 30 ms. */
const rowsAtOnce = 1000

/** Rows that begin as copies of one object get the rest of their values faster than rows that grow field by field. */
function* groupsOf(
  fields: { [name: string]: Column },
  rows: number,
  texts: string[][],
): Generator<undefined, Record<string, unknown>[]> {
  const like: Record<string, unknown> = {}
  for (const [name, column] of Object.entries(fields)) like[name] = 'same' in column ? column.same : null
  const groups: Record<string, unknown>[] = []
  while (groups.length < rows) {
    groups.push({ ...like })
    if (groups.length % rowsAtOnce === 0) yield
  }
  for (const [name, column] of Object.entries(fields)) {
    if ('same' in column) continue
    const values = yield* valuesOf(column, rows, texts)
    let row = 0
    for (const group of groups) group[name] = values[row++]
  }
  return groups
}

function* withNullsAgain(
  { nulls, rest }: Extract<Column, { nulls: number[] }>,
  rows: number,
): Generator<undefined, unknown[]> {
  const all: unknown[] = new Array(rows).fill(undefined)
  let row = -1
  for (const step of nulls) {
    row += step
    all[row] = null
  }
  const values = (yield* valuesOf(rest, rows - nulls.length, [])).values()
  return all.map((value) => (value === null ? null : values.next().value))
}
