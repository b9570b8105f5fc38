/** Text beyond this is not looked at: nobody is shown that much, and a hostile answer may have 32 MB. */
const mostScanned = 16_384

/**
 * Forms of secrets by their first characters and their length, so that a search costs much the same for one secret and
 * for thousands. The value tells whether a form only counts where it stands alone.
 */
type Forms = Map<string, Map<number, Map<string, boolean>>>

export interface SecretIndex {
  forms: Forms
  longest: number
}

/** How many first characters an index goes by. Shorter forms are filed under what they have. */
const startLength = 3

/** Finds the secrets in whatever shape they may come back: as they are, escaped for a URL or for JSON, base64, hex. */
export function indexSecrets(secrets: Iterable<string>): SecretIndex {
  const forms: Forms = new Map()
  let longest = 0
  for (const [form, standsAlone] of [...secrets].flatMap(formsOf)) {
    const byLength = within(forms, form.slice(0, startLength), () => new Map())
    const same = within(byLength, form.length, () => new Map())
    same.set(form, standsAlone && same.get(form) !== false)
    longest = Math.max(longest, form.length)
  }
  return { forms, longest }
}

function within<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const value = map.get(key) ?? create()
  map.set(key, value)
  return value
}

/** Puts `[redacted]` in the place of every secret, in any case. Secrets that overlap go together, so that no rest of one stays. */
export function redact(text: string, indexes: readonly SecretIndex[]): string {
  const scanned = text.slice(0, mostScanned)
  const low = lower(scanned)
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
  for (const { forms } of indexes) {
    for (let length = 1; length <= startLength; length++) {
      for (const [size, same] of forms.get(low.slice(start, start + length)) ?? []) {
        const next = start + size
        const standsAlone = next > end ? same.get(low.slice(start, next)) : undefined
        if (standsAlone === undefined) continue
        if (!standsAlone || !(isWordAt(low, start - 1) || isWordAt(low, next))) end = next
      }
    }
  }
  return end
}

const isWordAt = (text: string, index: number) => /\w/.test(text.charAt(index))

/** Lower case that keeps every character in its place, which `toLowerCase` does not (İ becomes two). */
function lower(text: string): string {
  return text.replaceAll(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase()
    return small.length === letter.length ? small : letter
  })
}

/**
 * The forms of a secret, and whether each only counts where it stands alone: one of fewer than four characters, or a coded
 * one of fewer than eight, turns up in ordinary words and numbers. A coded one of fewer than four says nothing.
 */
function formsOf(secret: string): [form: string, standsAlone: boolean][] {
  const value = secret.toWellFormed()
  const hex = [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0'))
  const plain = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]
  const coded = [hex.map((byte) => `%${byte}`).join(''), hex.join(''), ...base64Of(value)]
  return [
    ...plain.filter((form) => form !== '').map((form): [string, boolean] => [lower(form), form.length < 4]),
    ...coded.filter(({ length }) => length >= 4).map((form): [string, boolean] => [lower(form), form.length < 8]),
  ]
}

/** Base64 of the secret: alone, and within a longer text such as `user:SECRET`, in three alignments without their edges. */
function base64Of(value: string): string[] {
  const inside = [0, 1, 2].map((offset) => {
    const bytes = new TextEncoder().encode('\0'.repeat(offset) + value)
    const whole = Math.floor((bytes.length * 4) / 3)
    return toBase64(bytes).slice(offset === 0 ? 0 : offset + 1, whole)
  })
  const alone = toBase64(new TextEncoder().encode(value)).replace(/=+$/, '')
  return [alone, ...inside].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
