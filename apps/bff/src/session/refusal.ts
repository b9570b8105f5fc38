import { ProblemError } from '@tunnel-console/shared/problem'
import { DrizzleQueryError } from 'drizzle-orm'
import { z } from 'zod'

const Body = z.object({ code: z.string().optional().catch(undefined) })

/** What better-auth says of an address or a password that cannot be right. All of them look alike outside (S35). */
const wrongCredentials = ['INVALID_EMAIL', 'INVALID_EMAIL_OR_PASSWORD', 'PASSWORD_TOO_LONG']

/**
 * Why better-auth refused a sign-in. It also answers 401 when the password was right and the session could not be written,
 * so its code decides, not its status.
 */
export async function refusalOf(answer: Response): Promise<ProblemError> {
  if (answer.status === 429) {
    return ProblemError.of('rate-limited', { retryAfter: Number(answer.headers.get('x-retry-after') ?? 60) })
  }
  const body = Body.safeParse(await answer.json().catch(() => null))
  const code = body.data?.code ?? ''
  if (wrongCredentials.includes(code)) return ProblemError.of('sign-in-failed')
  if (code === 'FAILED_TO_CREATE_SESSION') return ProblemError.of('storage-unavailable', { retryAfter: 5 })
  return ProblemError.of('internal')
}

/**
 * Why a sign-in could not be carried out. Whatever a statement failed with, the person's password was not at fault: it is
 * the database that cannot be used.
 */
export function failureOf(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error
  return ProblemError.of('storage-unavailable', { retryAfter: 5 }, { cause: error })
}
