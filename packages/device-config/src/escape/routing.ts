/** The password of a BGP session in BIRD, in quotes; `null` where BIRD has no way to write it: a string has no escapes. */
export function birdString(value: string): string | null {
  return /^[\x20\x21\x23-\x7e]+$/.test(value) ? `"${value}"` : null
}

/**
 * A value that is the rest of a line in FRR; `null` where a line cannot hold it. Words are split at spaces and joined by one,
 * so spaces at the ends or in a row would be lost.
 */
export function frrRest(value: string): string | null {
  return /^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(value) ? value : null
}
