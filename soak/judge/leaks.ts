import type { Leak } from '../history.ts'

export interface Secret {
  /** What it is, for the report. */
  name: string
  value: string
}

/** Shorter pieces than this could be there by chance. */
const pieceLength = 16

/** Where secrets rest in a text (bytes as latin-1): as they are, in pieces, in base64, in hex, escaped for a URL. */
export function findLeaks(place: string, text: string, secrets: readonly Secret[]): Leak[] {
  const lower = text.toLowerCase()
  return secrets.flatMap(({ name, value }): Leak[] => {
    for (const [form, needle, isAnyCase] of formsOf(value)) {
      const at = (isAnyCase ? lower : text).indexOf(needle)
      if (at >= 0) return [{ place, secret: name, form, context: around(text, at, needle.length) }]
    }
    return []
  })
}

function around(text: string, at: number, length: number): string {
  const [before, after] = [text.slice(Math.max(0, at - 60), at), text.slice(at + length, at + length + 40)]
  return `${before}<here>${after}`.replaceAll(/[^\x20-\x7e]+/g, ' ')
}

type Form = readonly [name: string, needle: string, isAnyCase: boolean]

function formsOf(value: string): Form[] {
  const bytes = Buffer.from(value)
  const hex = bytes.toString('hex')
  return [
    ['its beginning', value.slice(0, pieceLength), false],
    ['its end', value.slice(-pieceLength), false],
    ['hex', hex, true],
    ['escaped for a URL', hex.replace(/../g, '%$&'), true],
    ['escaped for a URL', encodeURIComponent(value).toLowerCase(), true],
    ...base64Of(bytes),
  ]
}

/** Base64 within a longer text: three alignments, without the characters at the edges that depend on the neighbours. */
function base64Of(bytes: Buffer): Form[] {
  return [0, 1, 2].flatMap((offset): Form[] => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const inside = whole.slice(offset === 0 ? 0 : offset + 1, Math.floor(((bytes.length + offset) * 4) / 3))
    return [
      ['base64', inside, false],
      ['base64url', inside.replaceAll('+', '-').replaceAll('/', '_'), false],
    ]
  })
}
