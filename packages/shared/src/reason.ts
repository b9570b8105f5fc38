import { hiddenCharacter } from './field-rules.ts'

/** Why somebody makes a change, in their own words. It goes beside the change, never into the tunnel. */
export const reasonHeader = 'change-reason'

/** In UTF-16 units, as `maxlength` of an input counts. */
export const reasonLength = 500

/** A character takes at most nine once it is percent-encoded. */
const longestHeader = reasonLength * 9

/** What is wrong with a reason, or `null`. Plain text on one or more lines. */
export function reasonProblem(text: string): string | null {
  if (text.length > reasonLength) return `Use at most ${reasonLength} characters`
  return hiddenCharacter(text, '\n\r\t')
}

/** The header that carries a reason: percent-encoded UTF-8, since a header takes no other letters. None without a reason. */
export function reasonHeaders(reason: string): Record<string, string> {
  const text = reason.trim()
  return text === '' ? {} : { [reasonHeader]: encodeURIComponent(text.toWellFormed()) }
}

/** The reason in a header. Its problem where it is none that `reasonHeaders` could have made. */
export function readReason(header: string | undefined): { reason?: string } | { problem: string } {
  if (header === undefined || header === '') return {}
  if (header.length > longestHeader) return { problem: `Use at most ${reasonLength} characters` }
  const text = decoded(header)?.trim()
  if (text === undefined) return { problem: 'It is not percent-encoded UTF-8' }
  const problem = reasonProblem(text)
  if (problem !== null) return { problem }
  return text === '' ? {} : { reason: text }
}

function decoded(header: string): string | undefined {
  try {
    return decodeURIComponent(header)
  } catch {
    return undefined
  }
}
