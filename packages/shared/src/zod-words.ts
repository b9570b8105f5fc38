/** What is wrong with a value, as zod tells it: the parts of it that words are made of. */
interface Issue {
  code?: string | undefined
  input?: unknown
  expected?: unknown
  origin?: unknown
  minimum?: unknown
  maximum?: unknown
  values?: unknown
  format?: unknown
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

const formats: Readonly<Record<string, string>> = {
  email: 'an email address',
  uuid: 'a UUID',
  date: 'a day, such as 2026-11-24',
  datetime: 'a moment with its zone, such as 2026-11-29T02:00:00+01:00',
}

/**
 * What a rule says that has no words of its own: what the value must be, in our voice, and so how to mend it. Where, is told
 * by the pointer beside it.
 */
export function wordsFor(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue)
    case 'too_small':
      return sizeWords(issue.origin, 'least', issue.minimum)
    case 'too_big':
      return sizeWords(issue.origin, 'most', issue.maximum)
    case 'invalid_value':
      return `Choose ${listOf(issue.values)}`
    case 'invalid_format':
      return `Write ${formats[String(issue.format)] ?? 'it in the form that is asked for'}`
    case 'unrecognized_keys':
      return 'This field is not known here'
    default:
      return 'This cannot be used here; see the documentation of this request'
  }
}

function typeWords({ expected, input }: Issue): string {
  const kind = kinds[String(expected)] ?? 'a value of another kind'
  return input === undefined ? `This is missing: give ${kind}` : `Give ${kind} here`
}

function sizeWords(origin: unknown, side: 'least' | 'most', bound: unknown): string {
  const number = Number(bound).toLocaleString('en')
  const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' }
  const unit = units[String(origin)]
  return unit === undefined ? `Give a number of at ${side} ${number}` : `Give at ${side} ${number}${unit}`
}

/** "mid, low or high". */
function listOf(values: unknown): string {
  const names = Array.isArray(values) ? values.map(String) : []
  if (names.length < 2) return names[0] ?? 'another value'
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
