import { hiddenCharacter } from '@tunnel-console/shared/field-rules'
import { strengthOf } from '@tunnel-console/shared/key-strength'

/** As many characters as the console takes. */
const longestKey = 1000

/** What stands in the way of a key, or `null`. What it is made of is the person's own choice. */
export function keyComplaint(psk: string): string | null {
  if (psk.length > longestKey) return 'Use at most 1,000 characters'
  return psk === '' ? null : hiddenCharacter(psk)
}

/** How hard a key of one's own is to guess. The count knows no words, so it says so. */
export function keyStrengthWords(bits: number): string {
  switch (strengthOf(bits)) {
    case 'weak':
      return `Weak: ${bits} bits at most. Whoever records one negotiation can try out keys like this at home. You can still use it.`
    case 'fair':
      return `Fair: ${bits} bits at most, if it is random. Words, names and dates make it weaker.`
    case 'strong':
      return `Strong: ${bits} bits at most, if it is random. Words, names and dates make it weaker.`
  }
}

export const ownKeyHint =
  'Type or paste it. It is in no draft and in no log, and there are no rules for what it is made of.'
