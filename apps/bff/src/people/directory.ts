import type { UserEntry } from '@tunnel-console/shared/api'
import { and, eq, exists, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Deps } from '../deps.ts'
import { isRealUser } from '../session/users.ts'
import { account, user, userLink, userRole } from '../storage/schema.ts'

type Store = Pick<Deps, 'db' | 'sandbox'>

/** A person, and whether they can sign in: a password was set, or they belong to the sandbox. */
export interface KnownPerson extends UserEntry {
  hasJoined: boolean
  isOfSandbox: boolean
}

/** Everybody who has a role, by name. The people of the sandbox exist in sandbox mode only. */
export async function listPeople(store: Store): Promise<UserEntry[]> {
  return (await read(store)).map(entryOf)
}

export async function findPerson(store: Store, id: string): Promise<KnownPerson | undefined> {
  return (await read(store, eq(user.id, id)))[0]
}

export async function findPersonByEmail(store: Store, email: string): Promise<KnownPerson | undefined> {
  return (await read(store, eq(user.email, email.toLowerCase())))[0]
}

/** Only what may leave the console. */
export function entryOf({ hasJoined: _, isOfSandbox: __, ...entry }: KnownPerson): UserEntry {
  return entry
}

/** Administrators who can come in, by name: whom to ask. */
export async function listAdministrators(store: Store): Promise<{ name: string; email: string }[]> {
  return store.db
    .select({ name: user.name, email: user.email })
    .from(userRole)
    .innerJoin(user, eq(user.id, userRole.userId))
    .where(isAdministrator(store, userRole))
    .orderBy(user.name)
}

const other = alias(userRole, 'other')

/** SQL: whether an administrator who can come in is left when a row of `user_role` no longer counts. */
export function hasOtherAdministrator(store: Store): SQL {
  const others = store.db
    .select({ userId: other.userId })
    .from(other)
    .where(and(sql`${other.userId} <> ${userRole.userId}`, isAdministrator(store, other)))
  return exists(others)
}

function isAdministrator({ db, sandbox }: Store, table: typeof userRole | typeof other): SQL | undefined {
  const ways = db.select({ id: account.id }).from(account).where(eq(account.userId, table.userId))
  const isOfSandbox = like(table.userId, 'sandbox-%')
  return and(
    eq(table.role, 'admin'),
    isNull(table.disabledAt),
    sandbox ? or(isOfSandbox, exists(ways)) : and(sql`NOT ${isOfSandbox}`, exists(ways)),
  )
}

async function read({ db, sandbox }: Store, which?: SQL): Promise<KnownPerson[]> {
  const rows = await db
    .select({
      id: user.id,
      email: user.email,
      name: user.name,
      role: userRole.role,
      disabledAt: userRole.disabledAt,
      lastUsedAt: userRole.lastUsedAt,
      invitedUntil: userLink.expiresAt,
      hasAccount: sql<number>`EXISTS (SELECT 1 FROM ${account} WHERE ${account.userId} = ${user.id})`,
    })
    .from(user)
    .innerJoin(userRole, eq(userRole.userId, user.id))
    .leftJoin(userLink, and(eq(userLink.userId, user.id), eq(userLink.kind, 'invite')))
    .where(and(which, sandbox ? undefined : isRealUser))
    .orderBy(user.name, user.email)
  return rows.map(({ disabledAt, invitedUntil, hasAccount, ...row }) => {
    const isOfSandbox = row.id.startsWith('sandbox-')
    const hasJoined = hasAccount === 1 || isOfSandbox
    return {
      ...row,
      disabled: disabledAt !== null,
      invitedUntil: hasJoined || invitedUntil === null ? null : new Date(invitedUntil).toISOString(),
      hasJoined,
      isOfSandbox,
    }
  })
}
