/** The alphabets that people draw from, and how many characters each has. The last is all of printable ASCII that is left. */
const alphabets: readonly [of: RegExp, size: number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[\x20-\x7e]/, 33],
]

/** What counts for a character of any other alphabet. */
const beyondAscii = 100

/** Below this, a key can be guessed by somebody who records one negotiation; from `strongBits` on by nobody. */
export const fairBits = 64
const strongBits = 128

export type Strength = 'weak' | 'fair' | 'strong'

/**
 * How many bits it takes to write a secret down, at most: an upper bound of how hard it is to guess, from its length and
 * its alphabet alone. What repeats itself is short to write down, so `aaaaaaaa` counts for little. Words, names and dates
 * are weaker than any such count, which the page that shows it must say.
 *
 *     secretBits('')         // 0
 *     secretBits('aaaaaaaa') // 4: which letter, and nothing else
 *     secretBits('hunter2')  // 36
 */
export function secretBits(secret: string): number {
  const characters = [...secret]
  const distinct = new Set(characters).size
  if (distinct === 0) return 0
  const perCharacter = Math.log2(alphabetOf(characters))
  const whole = characters.length * perCharacter
  const byList = distinct * perCharacter + characters.length * Math.log2(distinct)
  return Math.floor(Math.min(whole, byList))
}

export function strengthOf(bits: number): Strength {
  if (bits < fairBits) return 'weak'
  return bits < strongBits ? 'fair' : 'strong'
}

function alphabetOf(characters: readonly string[]): number {
  let size = 0
  const left = new Set(characters)
  for (const [of, count] of alphabets) {
    const found = [...left].filter((character) => of.test(character))
    if (found.length === 0) continue
    size += count
    for (const character of found) left.delete(character)
  }
  return size + (left.size > 0 ? beyondAscii : 0)
}
