const shortest = 15
const longest = 128

/**
 * What is wrong with a new password, or `null`. Length only, in characters as people count them: NIST SP 800-63B-4 asks
 * for 15 where there is no second factor, and for no rules of composition (S36).
 */
export function passwordComplaint(password: string): string | null {
  const length = [...password].length
  if (length < shortest) return `Use at least ${shortest} characters`
  return length > longest ? `Use at most ${longest} characters` : null
}
