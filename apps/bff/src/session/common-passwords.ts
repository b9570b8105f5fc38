/** Whose password it is to be: their name and address are the first things that others try. */
export interface Person {
  email: string
  name: string
}

/** What this console is called and about. */
const ownWords = [
  'tunnel',
  'tunnels',
  'console',
  'cloudflare',
  'ipsec',
  'magic',
  'wan',
  'admin',
  'administrator',
  'support',
]

/** How much else may stand around a common word before it is more than one: signs that do not go on from the one before. */
const mostPadding = 8
/** What is said twice must be long enough to be said once. */
const shortestUnit = 15
/** A run has this many keys on average before somebody had to think of another. */
const runLength = 4

/**
 * Why a password is among the first that others try, or `null`. NIST SP 800-63B-4 asks for a list of common, expected and
 * stolen ones. The list is the one that zxcvbn keeps, some 49,000 from real thefts; few of those have 15 characters, so
 * what people make of a short one to fill it up counts as well: said twice, padded with a year, keys in a row.
 */
export async function whyCommon(password: string, person: Person): Promise<string | null> {
  const { passwords, stems, keyboards } = await common()
  const text = password.normalize('NFKC').toLowerCase()
  if (passwords.has(text)) return 'This is one of the passwords that everybody tries first'
  if ([...once(text)].length < Math.min(shortestUnit, [...text].length))
    return 'This says the same short thing over again'
  if (keyboards.some((keyboard) => isRun(text, keyboard))) return 'This is only a row of keys or numbers'
  const words = [...ownWords, ...wordsOf(person)]
  if ([text, withoutDisguise(text)].some((form) => isLittleMore(form, words, stems))) {
    return 'This is little more than a common password, your name or address, or the name of this console'
  }
  return null
}

/** The list, the letters of its entries, and the keyboards. Loaded when it is needed: few requests set a password. */
function common() {
  loaded ??= import('@zxcvbn-ts/language-common').then(({ dictionary, adjacencyGraphs }) => {
    const { qwerty, qwertz, azerty } = adjacencyGraphs
    const passwords = new Set(dictionary['passwords-common'])
    const stems = new Set([...passwords].map(lettersOf).filter((letters) => letters.length > 3))
    return { passwords, stems, keyboards: [qwerty, qwertz, azerty] }
  })
  return loaded
}

interface Common {
  passwords: Set<string>
  stems: Set<string>
  keyboards: Keyboard[]
}

let loaded: Promise<Common> | undefined

const lettersOf = (text: string) => text.replace(/[^\p{L}]/gu, '')

/** What is said again and again: `abc` of `abcabca`. The text itself when nothing is. */
function once(text: string): string {
  const signs = [...text]
  for (let length = 1; length <= signs.length / 2; length++) {
    if (signs.every((sign, index) => sign === signs[index % length])) return signs.slice(0, length).join('')
  }
  return text
}

type Keyboard = Record<string, (string | null)[]>

/** `qwertzuiop123456`, `111222333444555`: what goes on from the sign before, on a keyboard or in the alphabet. */
function isRun(text: string, keyboard: Keyboard): boolean {
  return starts(text, keyboard) * runLength <= [...text].length
}

function starts(text: string, keyboard: Keyboard): number {
  const signs = [...text]
  return signs.filter((sign, index) => !goesOn(signs[index - 1], sign, keyboard)).length
}

function goesOn(before: string | undefined, sign: string, keyboard: Keyboard): boolean {
  if (before === undefined) return false
  const step = (sign.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)
  return Math.abs(step) <= 1 || (keyboard[before]?.some((key) => key?.includes(sign)) ?? false)
}

/** `p@ssw0rd1234`: signs that look like letters, where they stand between letters. */
function withoutDisguise(text: string): string {
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const letters = core.replace(/[013457@$!]/g, (sign) => disguises[sign] ?? sign)
  return text.replace(core, () => letters)
}

const disguises: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Whether nothing but known words, one common password at most, and little padding is left of it. */
function isLittleMore(text: string, words: readonly string[], stems: Set<string>): boolean {
  const letters = lettersOf(text)
  const padding = text.replace(/\p{L}/gu, '')
  if (letters === '' || starts(padding, {}) > mostPadding) return false
  let rest = once(letters)
  // Looked at after each word: a short one may also stand inside a common password.
  for (const word of ['', ...words.toSorted((a, b) => b.length - a.length)]) {
    if (word !== '') rest = once(rest.replaceAll(word, ''))
    if (rest.length < 4 || stems.has(rest)) return true
  }
  return false
}

/** The parts of a name and an address that are long enough to mean something. */
function wordsOf({ email, name }: Person): string[] {
  return `${email} ${name}`
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3)
}
