import type { Role } from '@tunnel-console/shared/access'
import { eq, like, not } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/env.ts'
import { account, user, userRole } from '../storage/schema.ts'

type Store = Pick<Deps, 'db' | 'now'>

/**
 * The people of the sandbox. Their ids mark them: in live mode they do not exist, even when the same database served a
 * sandbox before, so that "Continue as Admin" never becomes a way into a real account.
 */
const sandboxUsers: Record<Role, Actor> = {
  admin: { id: 'sandbox-admin', email: 'admin@sandbox.example.com', name: 'Ada Admin', role: 'admin' },
  operator: { id: 'sandbox-operator', email: 'operator@sandbox.example.com', name: 'Omar Operator', role: 'operator' },
  support: { id: 'sandbox-support', email: 'support@sandbox.example.com', name: 'Sue Support', role: 'support' },
}

export const isRealUser = not(like(user.id, 'sandbox-%'))

export interface NewUser {
  email: string
  name: string
  role: Role
  passwordHash: string
}

/** A person, the password and the role in one transaction: somebody without a role could never be given one. */
export async function createUser({ db, now }: Store, { email, name, role, passwordHash }: NewUser): Promise<Actor> {
  const at = now()
  const stamps = { createdAt: at, updatedAt: at }
  const actor: Actor = { id: crypto.randomUUID(), email: email.toLowerCase(), name, role }
  const { id } = actor
  await db.batch([
    db.insert(user).values({ id, email: actor.email, name, emailVerified: true, ...stamps }),
    db.insert(account).values({
      id: crypto.randomUUID(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: passwordHash,
      ...stamps,
    }),
    db.insert(userRole).values({ userId: id, role, grantedAt: at.toISOString() }),
  ])
  return actor
}

/**
 * Creates the people of the sandbox where needed, all three, so that each can see whom to ask. Who signs in gets their role
 * back and may come in again, whatever somebody did to them: it is a place to try things out.
 */
export async function ensureSandboxUsers({ db, now }: Store, role: Role): Promise<Actor> {
  const at = now()
  const people = Object.values(sandboxUsers)
  const grants = people.map((person) => ({ userId: person.id, role: person.role, grantedAt: at.toISOString() }))
  await db.batch([
    db
      .insert(user)
      .values(
        people.map(({ id, email, name }) => ({ id, email, name, emailVerified: true, createdAt: at, updatedAt: at })),
      )
      .onConflictDoNothing(),
    db.insert(userRole).values(grants).onConflictDoNothing(),
    db.update(userRole).set({ role, disabledAt: null }).where(eq(userRole.userId, sandboxUsers[role].id)),
  ])
  return sandboxUsers[role]
}

/** Who has this address, for the audit line of a sign-in that failed. */
export async function findByEmail({ db }: Store, email: string) {
  const [found] = await db
    .select({ id: user.id, email: user.email, role: userRole.role })
    .from(user)
    .leftJoin(userRole, eq(userRole.userId, user.id))
    .where(eq(user.email, email.toLowerCase()))
  return found
}

/** Whether anybody can sign in with a password. Until then, live mode waits for its first administrator. */
export async function hasUsers({ db }: Store): Promise<boolean> {
  const rows = await db.select({ id: user.id }).from(user).where(isRealUser).limit(1)
  return rows.length > 0
}
