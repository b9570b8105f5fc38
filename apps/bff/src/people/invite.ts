import type { UserEntry } from '@tunnel-console/shared/api'
import type { NewPerson } from '@tunnel-console/shared/contract'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import { eq, sql } from 'drizzle-orm'
import { account, user, userRole } from '../storage/schema.ts'
import { changeOf } from './change.ts'
import { findPersonByEmail, type KnownPerson } from './directory.ts'
import { newLink } from './links.ts'
import type { By, PeopleRoom } from './room.ts'

/**
 * Lets somebody in by a one-time link, which is in the answer and nowhere else. Who was invited before and has not come yet
 * is invited anew: name and role as they are now, and the old link stops working. Throws `invalid` when the address is
 * somebody's already.
 */
export async function invitePerson(
  room: PeopleRoom,
  { actor, requestId }: By,
  { email, name, role }: NewPerson,
): Promise<{ user: UserEntry; inviteUrl: string }> {
  const address = email.toLowerCase()
  const known = await findPersonByEmail(room.deps, address)
  if (known?.hasJoined) throw taken()
  const id = known?.id ?? crypto.randomUUID()
  const link = await newLink(room.deps, 'invite', notJoined(id))
  const entry = { id, email: address, name, role, disabled: false, lastUsedAt: null, invitedUntil: link.until }
  const target = { id, name: address }
  const also = [...rows(room, entry, known), link.statement] as const
  try {
    const changes = invited(known, entry)
    await room.audit.record({ actor, action: 'user.invite', target, changes, outcome: 'applied', requestId }, also)
  } catch (error) {
    // Somebody else was faster: the database lets no two people have one address, and no link undo a password.
    const now = await findPersonByEmail(room.deps, address).catch(() => undefined)
    if (now?.hasJoined || (now && now.id !== id)) throw taken()
    throw error
  }
  return { user: entry, inviteUrl: link.url }
}

/** The person's id, unless they have come meanwhile: then `NULL`, which no row takes, and nothing of it happens. */
const notJoined = (id: string) =>
  sql<string>`(SELECT ${user.id} FROM ${user} WHERE ${user.id} = ${id}
    AND NOT EXISTS (SELECT 1 FROM ${account} WHERE ${account.userId} = ${user.id}))`

function rows({ deps: { db, now } }: PeopleRoom, { id, email, name, role }: UserEntry, known: KnownPerson | undefined) {
  const at = now()
  const grant = { role, grantedAt: at.toISOString() }
  if (known) {
    return [
      db.update(user).set({ name, updatedAt: at }).where(eq(user.id, id)),
      db
        .update(userRole)
        .set({ ...grant, disabledAt: null })
        .where(eq(userRole.userId, id)),
    ]
  }
  return [
    db.insert(user).values({ id, email, name, emailVerified: true, createdAt: at, updatedAt: at }),
    db.insert(userRole).values({ userId: id, ...grant }),
  ]
}

function invited(known: KnownPerson | undefined, { name, role, disabled }: UserEntry): FieldChange[] {
  return [
    changeOf('name', known?.name ?? null, name),
    changeOf('role', known?.role ?? null, role),
    changeOf('disabled', known?.disabled ?? false, disabled),
  ].filter(({ before, after }) => before !== after)
}

function taken(): ProblemError {
  const detail = 'Somebody with this address is there already'
  return ProblemError.of('invalid', { errors: [{ pointer: '/email', detail, source: 'console' }] })
}
