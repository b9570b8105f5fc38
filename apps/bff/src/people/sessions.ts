import { ProblemError } from '@tunnel-console/shared/problem'
import { eq } from 'drizzle-orm'
import { session } from '../storage/schema.ts'
import { personBy } from './change.ts'
import { newLink } from './links.ts'
import type { By, PeopleRoom } from './room.ts'

/** Ends every session of somebody, whoever it is. Throws `not-found`. */
export async function endSessions(room: PeopleRoom, { actor, requestId }: By, id: string): Promise<void> {
  const { email } = await personBy(room, id)
  const target = { id, name: email }
  await room.audit.record({ actor, action: 'user.endSessions', target, outcome: 'applied', requestId }, [
    room.deps.db.delete(session).where(eq(session.userId, id)),
  ])
}

/**
 * A one-time link to set a new password. Password and sessions go on until it is used: whoever was locked out by a mistake
 * of theirs is not locked out of what still works. For somebody who has not joined yet it is a new invitation. Throws
 * `not-found`, and `invalid` for people whom a password would not help.
 */
export async function resetPassword(room: PeopleRoom, { actor, requestId }: By, id: string): Promise<string> {
  const { email, hasJoined, isOfSandbox, disabled } = await personBy(room, id)
  if (isOfSandbox) throw ProblemError.of('invalid', { detail: 'The people of the sandbox have no passwords.' })
  if (disabled) throw ProblemError.of('invalid', { detail: 'This person is disabled. Enable them first.' })
  const link = await newLink(room.deps, hasJoined ? 'reset' : 'invite', id)
  const target = { id, name: email }
  const action = hasJoined ? 'user.reset' : 'user.invite'
  await room.audit.record({ actor, action, target, outcome: 'applied', requestId }, [link.statement])
  return link.url
}
