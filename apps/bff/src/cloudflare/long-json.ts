import { othersTurn } from '../readings/slices.ts'

/** Below this many characters nobody notices a parse in one piece. */
const longFrom = 500_000
/** What is parsed at a time: two or three milliseconds. */
const sliceLength = 250_000

/** The list in Cloudflare's envelope: `result` itself, or the one member of it. Quotes within a string are escaped, so this is a key. */
const listStart = /"result"\s*:\s*(?:\{\s*"\w+"\s*:\s*)?\[/

/** Stands where the list was taken out, until it is put back. */
const gap = 'the list, parsed in slices'

/**
 * `JSON.parse(text)`, but the list in a long answer of Cloudflare's is parsed in slices, with a turn for others after each:
 * ten thousand tunnels are 11 MB, and nobody is served while that is parsed in one piece. Rejects with a `SyntaxError`
 * for what is no JSON.
 */
export async function parseLong(text: string): Promise<unknown> {
  const start = text.length < longFrom ? null : listStart.exec(text)
  const from = start && start.index + start[0].length
  const list = from === null ? null : await listFrom(text, from)
  if (from === null || !list) return JSON.parse(text)
  await othersTurn()
  const whole: unknown = JSON.parse(`${text.slice(0, from)}"${gap}"${text.slice(list.end)}`)
  const place = listIn(whole)
  // A list that stands elsewhere than expected: the answer is taken as it is.
  if (place?.length !== 1 || place[0] !== gap) return JSON.parse(text)
  place.pop()
  for (const entry of list.entries) place.push(entry)
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

/** The entries from behind a `[` on, and where its `]` stands; `null` when it stands nowhere. */
async function listFrom(text: string, from: number): Promise<{ entries: unknown[]; end: number } | null> {
  const entries: unknown[] = []
  let start = from
  const take = (end: number) => {
    const slice: unknown = JSON.parse(`[${text.slice(start, end)}]`)
    if (Array.isArray(slice)) for (const entry of slice) entries.push(entry)
    start = end + 1
  }
  for (let at = from, depth = 0; at < text.length; at++) {
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
        if (depth-- > 0) break
        take(at)
        return { entries, end: at }
      case ',':
        if (depth > 0 || at - start < sliceLength) break
        take(at)
        await othersTurn()
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
