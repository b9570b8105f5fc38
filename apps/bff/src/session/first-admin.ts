import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, gt, isNull, notExists } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/env.ts'
import { setupLink, user } from '../storage/schema.ts'
import type { Auth } from './auth.ts'
import { assertGoodPassword, passwordComplaint } from './password.ts'
import { hashToken, randomToken } from './token.ts'
import { createUser, hasUsers, isRealUser } from './users.ts'

const linkLifetimeMs = 24 * 60 * 60 * 1000

export interface FirstAdmin {
  email?: string | undefined
  password?: string | undefined
}

/**
 * Sees to it that somebody can sign in, at every start. There is no default account (S38): the first administrator comes
 * from ADMIN_EMAIL and ADMIN_PASSWORD, or in live mode from a one-time link, which is returned to be printed. A link that
 * an earlier start printed stops working.
 */
export async function ensureFirstAdmin(deps: Deps, auth: Auth, admin: FirstAdmin): Promise<string | null> {
  if (await hasUsers(deps)) return null
  if (admin.email !== undefined || admin.password !== undefined) {
    await createFromSettings(deps, auth, admin)
    return null
  }
  return deps.mode === 'live' ? newSetupLink(deps) : null
}

async function createFromSettings(deps: Deps, auth: Auth, { email, password }: FirstAdmin): Promise<void> {
  if (!z.email().safeParse(email).success) throw new Error('ADMIN_EMAIL: give an address such as admin@example.com')
  const person = { email: email ?? '', name: '' }
  const complaint = await passwordComplaint(password ?? '', person)
  if (complaint !== null) throw new Error(`ADMIN_PASSWORD: ${complaint.toLowerCase()}`)
  const passwordHash = await auth.hashPassword(password ?? '')
  await createUser(deps, { email: email ?? '', name: 'Administrator', role: 'admin', passwordHash })
}

async function newSetupLink({ db, now, publicUrl }: Deps): Promise<string> {
  const token = randomToken()
  const expiresAt = now().getTime() + linkLifetimeMs
  await db.batch([
    db.delete(setupLink).where(isNull(setupLink.usedAt)),
    db.insert(setupLink).values({ tokenHash: await hashToken(token), expiresAt }),
  ])
  const link = new URL('/setup', publicUrl)
  link.searchParams.set('token', token)
  return link.href
}

export interface SetUp {
  token: string
  name: string
  email: string
  password: string
}

/**
 * Creates the first administrator for whoever holds the link. The link is claimed by one conditional update before anything
 * else, so that of two people who use it at once one gets `gone`; it is given back when the account cannot be written.
 */
export async function setUpFirstAdmin(deps: Deps, auth: Auth, { token, ...person }: SetUp): Promise<Actor> {
  await assertGoodPassword(person.password, person)
  const tokenHash = await hashToken(token)
  if (!(await claim(deps, tokenHash))) throw ProblemError.of('gone')
  try {
    const passwordHash = await auth.hashPassword(person.password)
    return await createUser(deps, { name: person.name, email: person.email, role: 'admin', passwordHash })
  } catch (error) {
    // Where that fails too, the first failure is the one to tell; the next start prints a new link.
    await deps.db
      .update(setupLink)
      .set({ usedAt: null })
      .where(eq(setupLink.tokenHash, tokenHash))
      .catch(() => undefined)
    throw error
  }
}

async function claim({ db, now }: Deps, tokenHash: string): Promise<boolean> {
  const at = now().getTime()
  const users = db.select({ id: user.id }).from(user).where(isRealUser)
  const claimed = await db
    .update(setupLink)
    .set({ usedAt: at })
    .where(
      and(eq(setupLink.tokenHash, tokenHash), isNull(setupLink.usedAt), gt(setupLink.expiresAt, at), notExists(users)),
    )
    .returning({ tokenHash: setupLink.tokenHash })
  return claimed.length > 0
}
