import type { Role } from '@tunnel-console/shared/access'
import type { UserEntry } from '@tunnel-console/shared/api'
import type { AuditAction } from '@tunnel-console/shared/audit'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import { eq, type SQL, sql } from 'drizzle-orm'
import { session, userLink, userRole } from '../storage/schema.ts'
import { entryOf, findPerson, hasOtherAdministrator, type KnownPerson } from './directory.ts'
import type { By, PeopleRoom } from './room.ts'

const labels = { name: 'Name', role: 'Role', disabled: 'Disabled' } as const

/** What of a person changed, as the audit log tells it. */
export function changeOf<Path extends keyof typeof labels>(
  path: Path,
  before: FieldChange['before'],
  after: FieldChange['after'],
): FieldChange {
  return { path, label: labels[path], before, after }
}

interface Change {
  role?: Role | undefined
  disabled?: boolean | undefined
}

/**
 * Gives somebody another role, or says whether they may come in. Acts on their next request; being disabled also ends
 * their sessions and their link.
 *
 * Throws `not-found`, and `last-administrator` when nobody would be left who can give roles: decided by the very statement
 * that writes, so that of two who demote each other at once one stays (S48).
 */
export async function changePerson(
  room: PeopleRoom,
  { actor, requestId }: By,
  id: string,
  { role, disabled }: Change,
): Promise<UserEntry> {
  const before = await personBy(room, id)
  const after = { ...entryOf(before), role: role ?? before.role, disabled: disabled ?? before.disabled }
  const changes = [
    changeOf('role', before.role, after.role),
    changeOf('disabled', before.disabled, after.disabled),
  ].filter((change) => change.before !== change.after)
  if (changes.length === 0) return entryOf(before)

  const entry = { actor, action: actionOf(before, after), target: { id, name: before.email }, changes, requestId }
  try {
    await room.audit.record({ ...entry, outcome: 'applied' }, rows(room, after))
  } catch (error) {
    if (!(await isLastAdministrator(room, id).catch(() => false))) throw error
    const refusal = ProblemError.of('last-administrator', { detail: 'Make somebody else an administrator first.' })
    const { code, title } = refusal.problem
    await room.audit.record({ ...entry, outcome: 'rejected', problem: { code, detail: title } })
    throw refusal
  }
  return after
}

/** Throws `not-found`. */
export async function personBy({ deps }: PeopleRoom, id: string): Promise<KnownPerson> {
  const person = await findPerson(deps, id)
  if (!person) throw ProblemError.of('not-found', { detail: 'There is no such person' })
  return person
}

function actionOf(before: UserEntry, after: UserEntry): AuditAction {
  if (before.disabled === after.disabled) return 'user.changeRole'
  return after.disabled ? 'user.disable' : 'user.enable'
}

function rows({ deps }: PeopleRoom, { id, role, disabled }: UserEntry) {
  const { db, now } = deps
  const at = now().toISOString()
  const stays = role === 'admin' && !disabled
  const change = db
    .update(userRole)
    .set({
      role: stays ? role : unlessLast(deps, role),
      grantedAt: sql`CASE WHEN ${userRole.role} = ${role} THEN ${userRole.grantedAt} ELSE ${at} END`,
      disabledAt: disabled ? sql`coalesce(${userRole.disabledAt}, ${at})` : null,
    })
    .where(eq(userRole.userId, id))
  if (!disabled) return [change]
  return [change, db.delete(session).where(eq(session.userId, id)), db.delete(userLink).where(eq(userLink.userId, id))]
}

/** The new role; `NULL`, which the column does not take, when it would take the last administrator away. */
function unlessLast(deps: PeopleRoom['deps'], role: Role): SQL {
  const isOne = sql`${userRole.role} = 'admin' AND ${userRole.disabledAt} IS NULL`
  return sql`CASE WHEN ${isOne} AND NOT ${hasOtherAdministrator(deps)} THEN NULL ELSE ${role} END`
}

/** Only chooses the words for a change that the database has refused already. */
async function isLastAdministrator({ deps }: PeopleRoom, id: string): Promise<boolean> {
  const [found] = await deps.db
    .select({ hasOther: sql<number>`${hasOtherAdministrator(deps)}` })
    .from(userRole)
    .where(sql`${userRole.userId} = ${id} AND ${userRole.role} = 'admin' AND ${userRole.disabledAt} IS NULL`)
  return found?.hasOther === 0
}
