/** The shortest new password, in characters. The server has the same number, and the last word. */
export const shortestPassword = 15

/** Its length as people count: an emoji is one character. */
export const lengthOf = (password: string): number => [...password].length

/** What is wrong with a new password as far as this side can tell, or `null`. Length only: no rules of composition (S36). */
export function passwordComplaint(password: string): string | null {
  if (password === '') return 'Enter a password'
  return lengthOf(password) < shortestPassword ? `Use at least ${shortestPassword} characters` : null
}
