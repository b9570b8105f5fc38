import { othersTurn } from '../readings/slices.ts'

/** Below this many characters nobody notices a parse in one piece. */
const longFrom = 500_000
/** What is parsed at a time: two or three milliseconds. */
const sliceLength = 250_000
/** Cut by their number where it comes first: what becomes longer in one entry then moves no other from its slice. */
const sliceEntries = 100
/** So many slices are compared at a time. */
const sameAtOnce = 20

/** The list in Cloudflare's envelope: `result` itself, or the one member of it. Quotes within a string are escaped, so this is a key. */
const listStart = /"result"\s*:\s*(?:\{\s*"\w+"\s*:\s*)?\[/

/** Stands where the list was taken out, until it is put back. */
const gap = 'the list, parsed in slices'

interface Slice {
  text: string
  entries: readonly unknown[]
}

/** The slices of a list as it was last read. Nobody may change their entries. */
export interface KnownSlices {
  slices: readonly Slice[]
}

/**
 * `JSON.parse(text)`, but the list in a long answer of Cloudflare's is parsed in slices, with a turn for others after each:
 * ten thousand tunnels are 11 MB, and nobody is served while that is parsed in one piece. A slice that is what it was in
 * `known` gives the same objects again. Rejects with a `SyntaxError` for what is no JSON.
 */
export async function parseLong(text: string, known: KnownSlices = { slices: [] }): Promise<unknown> {
  const start = text.length < longFrom ? null : listStart.exec(text)
  const from = start && start.index + start[0].length
  const list = from === null ? null : await listFrom(text, from, known.slices)
  if (from === null || !list) return JSON.parse(text)
  await othersTurn()
  const whole: unknown = JSON.parse(`${text.slice(0, from)}"${gap}"${text.slice(list.end)}`)
  const place = listIn(whole)
  // A list that stands elsewhere than expected: the answer is taken as it is.
  if (place?.length !== 1 || place[0] !== gap) return JSON.parse(text)
  place.pop()
  for (const { entries } of list.slices) for (const entry of entries) place.push(entry)
  known.slices = list.slices
  return whole
}

/** The list in what an envelope carries, where it carries nothing else. */
export function listIn(envelope: unknown): unknown[] | null {
  const result = memberOf(envelope, 'result')
  if (Array.isArray(result)) return result
  const members = typeof result === 'object' && result !== null ? Object.values(result) : []
  const [only] = members
  return members.length === 1 && Array.isArray(only) ? only : null
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** The slices from behind a `[` on, and where its `]` stands; `null` when it stands nowhere. */
async function listFrom(
  text: string,
  from: number,
  known: readonly Slice[],
): Promise<{ slices: Slice[]; end: number } | null> {
  const slices: Slice[] = []
  for (let start = from; ; ) {
    const before = known[slices.length]
    const again = before && sliceAgain(before, text, start)
    const end = again ? start + again.text.length : endOfSlice(text, start)
    if (end === null) return null
    slices.push(again ?? sliceOf(text.slice(start, end)))
    if (text[end] === ']') return { slices, end }
    if (!again || slices.length % sameAtOnce === 0) await othersTurn()
    start = end + 1
  }
}

/** The same whole entries, should they stand here: cut from this text, so that no text of before is kept for a part of it. */
function sliceAgain(before: Slice, text: string, start: number): Slice | null {
  const end = start + before.text.length
  if (text[end] !== ',' && text[end] !== ']') return null
  const own = text.slice(start, end)
  return own !== '' && own === before.text ? { text: own, entries: before.entries } : null
}

function sliceOf(text: string): Slice {
  const entries: unknown = JSON.parse(`[${text}]`)
  return { text, entries: Array.isArray(entries) ? entries : [] }
}

/** The comma after so many entries, or the bracket after the last; `null` where there is neither. */
function endOfSlice(text: string, start: number): number | null {
  let entries = 0
  for (let at = start, depth = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at)
        break
      case '{':
      case '[':
        depth++
        break
      case '}':
      case ']':
        if (depth-- === 0) return at
        break
      case ',':
        if (depth === 0 && (++entries === sliceEntries || at - start >= sliceLength)) return at
    }
  }
  return null
}

/** Where the string that begins at `start` has its closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end
  }
  return text.length
}
