import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, ne } from 'drizzle-orm'
import type { AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import type { Session } from '../http/env.ts'
import { account, session } from '../storage/schema.ts'
import type { Auth } from './auth.ts'
import { assertGoodPassword } from './password.ts'
import { hashToken, randomToken } from './token.ts'

interface PasswordServices {
  deps: Pick<Deps, 'db' | 'now'>
  auth: Pick<Auth, 'hashPassword' | 'isPassword' | 'cookieFor' | 'throttle'>
  audit: Pick<AuditStore, 'record'>
}

/**
 * Gives a person a new password, ends all their other sessions, and gives this one a new token (S30): the `Set-Cookie` line
 * for it is the answer. Throws `invalid` for a wrong present password, or for a new one that will not do.
 */
export async function changePassword(
  { deps: { db, now }, auth, audit }: PasswordServices,
  current: Session,
  passwords: { current: string; password: string },
  requestId: string,
): Promise<string> {
  const { id, email, name, role } = current.actor
  const isTheirs = and(eq(account.userId, id), eq(account.providerId, 'credential'))
  const [known] = await db.select({ hash: account.password }).from(account).where(isTheirs)
  const ticket = await auth.throttle.take('password', id)
  if (!known?.hash || !(await auth.isPassword(known.hash, passwords.current))) {
    throw invalid('/current', known ? 'This is not your password' : 'You have no password here')
  }
  await ticket.giveBack()
  if (passwords.password.normalize('NFKC') === passwords.current.normalize('NFKC')) {
    throw invalid('/password', 'This is the password you have')
  }
  await assertGoodPassword(passwords.password, { email, name })

  const [at, token] = [now(), randomToken()]
  const [password, tokenHash] = [await auth.hashPassword(passwords.password), await hashToken(token)]
  const actor = { id, email, role }
  const entry = { actor, action: 'user.changePassword', target: { id, name: email }, requestId } as const
  await audit.record({ ...entry, outcome: 'applied' }, [
    db.update(account).set({ password, updatedAt: at }).where(isTheirs),
    db.delete(session).where(and(eq(session.userId, id), ne(session.id, current.id))),
    db.update(session).set({ token: tokenHash }).where(eq(session.id, current.id)),
  ])
  return auth.cookieFor(token)
}

function invalid(pointer: string, detail: string): ProblemError {
  return ProblemError.of('invalid', { errors: [{ pointer, detail, source: 'console' }] })
}
