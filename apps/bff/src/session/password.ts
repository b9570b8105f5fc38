import { ProblemError } from '@tunnel-console/shared/problem'
import { type Person, whyCommon } from './common-passwords.ts'

const shortest = 15
const longest = 128

/**
 * What is wrong with a new password, or `null`. NIST SP 800-63B-4: 15 characters where there is no second factor, in
 * Unicode code points, none of the common ones, and no rules of composition (S36). A password does not run out.
 *
 * It is hashed in its NFKC form (better-auth does that), so that two keyboards that write é differently write one password.
 * What is too long is counted as it came, since better-auth looks at that.
 */
export async function passwordComplaint(password: string, person: Person): Promise<string | null> {
  if ([...password.normalize('NFKC')].length < shortest) return `Use at least ${shortest} characters`
  if ([...password].length > longest) return `Use at most ${longest} characters`
  const common = await whyCommon(password, person)
  return common === null ? null : `${common}. Several words that do not belong together are easy to remember`
}

/** Throws `invalid`, at `/password`, for a new password that will not do. */
export async function assertGoodPassword(password: string, person: Person): Promise<void> {
  const detail = await passwordComplaint(password, person)
  if (detail === null) return
  throw ProblemError.of('invalid', { errors: [{ pointer: '/password', detail, source: 'console' }] })
}
