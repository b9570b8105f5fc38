/** The password of a BGP session in BIRD, in quotes; `null` where BIRD has no way to write it: a string has no escapes. */
export function birdString(value: string): string | null {
  return /^[\x20\x21\x23-\x7e]+$/.test(value) ? `"${value}"` : null
}

/**
 * The password of a session in FRR: one bare word, which may hold anything but a space. `null` where it does; its documentation
 * promises the rest of the line, and vtysh 8.4 refuses that.
 */
export function frrWord(value: string): string | null {
  return /^[\x21-\x7e]+$/.test(value) ? value : null
}
