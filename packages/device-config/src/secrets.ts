import { keyPlaceholder } from './template.ts'

/** A secret as a language writes it, and what to tell where it cannot be written. */
export interface Written {
  text: string
  note: string | null
}

/**
 * The pre-shared key in a language: as it is while it is being revealed, else the placeholder. A key that the language cannot
 * hold stays a placeholder, and the note says so: broken syntax would be worse, and a wrong key looks like a right one.
 */
export function writtenKey(key: string | null, write: (value: string) => string | null): Written {
  const text = write(key ?? keyPlaceholder)
  if (text !== null) return { text, note: null }
  return { text: write(keyPlaceholder) ?? keyPlaceholder, note: unwritable('key') }
}

/** The line for a secret that a language has no way to write. */
function unwritable(what: string): string {
  return `The ${what} of this tunnel has characters that this syntax cannot hold. Set it on the device by hand.`
}

/**
 * The MD5 key of the BGP session, as the line that sets it; a comment where the language cannot write it, nothing where there
 * is none.
 */
export function md5Line(
  md5: string | null,
  write: (value: string) => string | null,
  line: (text: string) => string,
  comment: (text: string) => string,
): string | null {
  if (md5 === null) return null
  const text = write(md5)
  return text === null ? comment(unwritable('MD5 key')) : line(text)
}
