/** Text beyond this is not looked at: nobody is shown that much, and a hostile answer may have 32 MB. */
const mostScanned = 16_384

interface Form {
  /** ASCII lower case. */
  text: string
  /** Too short to be told from ordinary words: only counts where it stands alone. */
  standsAlone: boolean
}

/** Forms of secrets, by their first characters, so that a search costs the same for one secret and for thousands. */
export interface SecretIndex {
  byStart: Map<string, Form[]>
  longest: number
}

/** How many first characters an index goes by. Shorter forms are filed under what they have. */
const startLength = 3

/** Finds the secrets in whatever shape they may come back: as they are, escaped for a URL or for JSON, base64, hex. */
export function indexSecrets(secrets: Iterable<string>): SecretIndex {
  const byStart = new Map<string, Form[]>()
  let longest = 0
  for (const form of [...secrets].flatMap(formsOf)) {
    const start = form.text.slice(0, startLength)
    const others = byStart.get(start)
    if (others) others.push(form)
    else byStart.set(start, [form])
    longest = Math.max(longest, form.text.length)
  }
  return { byStart, longest }
}

/** Puts `[redacted]` in the place of every secret, in any case. Secrets that overlap go together, so that no rest of one stays. */
export function redact(text: string, indexes: readonly SecretIndex[]): string {
  const scanned = text.slice(0, mostScanned)
  const low = lowerAscii(scanned)
  let clean = ''
  let place = 0
  for (let start = 0; start < low.length; start++) {
    let end = endOfSecret(low, start, indexes)
    if (end === start) continue
    for (let inside = start + 1; inside < end; inside++) end = Math.max(end, endOfSecret(low, inside, indexes))
    clean += `${scanned.slice(place, start)}[redacted]`
    place = end
    start = end - 1
  }
  // Where the text was cut, the first half of a secret may stand at its end.
  const cut = text.length > mostScanned ? Math.max(0, ...indexes.map(({ longest }) => longest)) : 0
  return clean + scanned.slice(place, Math.max(place, scanned.length - cut))
}

/** Where the longest secret that begins here ends; `start` when none does. */
function endOfSecret(low: string, start: number, indexes: readonly SecretIndex[]): number {
  let end = start
  for (const { byStart } of indexes) {
    for (let length = 1; length <= startLength; length++) {
      for (const { text, standsAlone } of byStart.get(low.slice(start, start + length)) ?? []) {
        const next = start + text.length
        const isThere = next > end && low.startsWith(text, start)
        if (isThere && !(standsAlone && (isWordAt(low, start - 1) || isWordAt(low, next)))) end = next
      }
    }
  }
  return end
}

const isWordAt = (text: string, index: number) => /\w/.test(text.charAt(index))

/** Keeps every character in its place, which `toLowerCase` does not (İ becomes two). */
const lowerAscii = (text: string) => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** A form of fewer than four characters, or a coded one of fewer than eight, would turn up in ordinary words and numbers. */
function formsOf(secret: string): Form[] {
  const value = secret.toWellFormed()
  const hex = [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0'))
  const plain = new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)].map(lowerAscii))
  const coded = new Set([hex.map((byte) => `%${byte}`).join(''), hex.join(''), ...base64Of(value)].map(lowerAscii))
  return [
    ...[...plain].map((text) => ({ text, standsAlone: text.length < 4 })),
    ...[...coded].map((text) => ({ text, standsAlone: text.length < 8 })),
  ].filter(({ text }) => text !== '')
}

/** Base64 of the secret within a longer text, such as `user:SECRET`: three alignments, without the characters at the edges. */
function base64Of(value: string): string[] {
  const inside = [0, 1, 2].map((offset) => {
    const bytes = new TextEncoder().encode('\0'.repeat(offset) + value)
    const whole = Math.floor((bytes.length * 4) / 3)
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).slice(
      offset === 0 ? 0 : offset + 1,
      whole,
    )
  })
  return inside.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}
