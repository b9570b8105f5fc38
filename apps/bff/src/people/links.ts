import { type LinkAnswer, linkHours } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../http/env.ts'
import { assertGoodPassword } from '../session/password.ts'
import { hashToken, randomToken } from '../session/token.ts'
import { isRealUser } from '../session/users.ts'
import { account, session, user, userLink, userRole } from '../storage/schema.ts'
import type { PeopleRoom } from './room.ts'

type LinkKind = LinkAnswer['kind']

/**
 * A one-time link for a person: its address, until when it counts (UTC, ISO 8601), and the statement that puts it in the
 * place of the one before. Only the hash of its token is in that.
 */
export async function newLink(
  { db, now, publicUrl }: PeopleRoom['deps'],
  kind: LinkKind,
  userId: SQL<string> | string,
) {
  const token = randomToken()
  const expiresAt = now().getTime() + linkHours[kind] * 3_600_000
  const link = { kind, tokenHash: await hashToken(token), expiresAt }
  const url = new URL('/invite', publicUrl)
  url.searchParams.set('token', token)
  return {
    url: url.href,
    until: new Date(expiresAt).toISOString(),
    statement: db
      .insert(userLink)
      .values({ userId: userId as string, ...link })
      .onConflictDoUpdate({ target: userLink.userId, set: link }),
  }
}

/** What a link is good for, without using it up. Throws `gone` for any that does not count. */
export async function lookAtLink(room: PeopleRoom, token: string): Promise<LinkAnswer> {
  const { kind, person } = await findLink(room, await hashToken(token))
  return { kind, email: person.email, name: person.name }
}

interface UsedLink {
  person: Actor
  kind: LinkKind
}

/**
 * Sets the password that a link is good for, and ends the person's sessions. Link, password and audit entry are one commit:
 * the link is used up exactly when the password was set, and of two who use it at once one gets `gone`.
 */
export async function useLink(
  room: PeopleRoom,
  { token, password }: { token: string; password: string },
  { requestId, address }: { requestId: string; address: string | undefined },
): Promise<UsedLink> {
  const tokenHash = await hashToken(token)
  const { kind, person } = await findLink(room, tokenHash)
  await assertGoodPassword(password, person)
  const also = rows(room, { tokenHash, userId: person.id, passwordHash: await room.auth.hashPassword(password) })
  const { id, email, role } = person
  const action = kind === 'invite' ? 'user.join' : 'user.reset'
  const entry = { actor: { id, email, role }, action, target: { id, name: email }, requestId } as const
  try {
    await room.audit.record({ ...entry, outcome: 'applied' }, also)
  } catch (error) {
    // Throws `gone` when that is why.
    await findLink(room, tokenHash)
    throw error
  }
  await room.auth.places.remember(email, address)
  return { person, kind }
}

async function findLink({ deps: { db, now, sandbox } }: PeopleRoom, tokenHash: string): Promise<UsedLink> {
  const [found] = await db
    .select({
      kind: userLink.kind,
      person: { id: user.id, email: user.email, name: user.name, role: userRole.role },
    })
    .from(userLink)
    .innerJoin(user, eq(user.id, userLink.userId))
    .innerJoin(userRole, eq(userRole.userId, userLink.userId))
    .where(
      and(
        eq(userLink.tokenHash, tokenHash),
        gt(userLink.expiresAt, now().getTime()),
        isNull(userRole.disabledAt),
        sandbox ? undefined : isRealUser,
      ),
    )
  if (!found) throw ProblemError.of('gone', { detail: 'Ask an administrator for a new link.' })
  return found
}

/** The password goes to whom the link still belongs: to nobody, which no row takes, once it has been used or replaced. */
function rows(
  { deps: { db, now } }: PeopleRoom,
  { tokenHash, userId, passwordHash }: { tokenHash: string; userId: string; passwordHash: string },
) {
  const at = now()
  const owner = sql<string>`(SELECT ${userLink.userId} FROM ${userLink} WHERE ${userLink.tokenHash} = ${tokenHash}
    AND ${userLink.expiresAt} > ${at.getTime()})`
  const credential = {
    id: crypto.randomUUID(),
    accountId: userId,
    providerId: 'credential',
    userId: owner as unknown as string,
    password: passwordHash,
    createdAt: at,
    updatedAt: at,
  }
  return [
    db.delete(account).where(and(eq(account.userId, userId), eq(account.providerId, 'credential'))),
    db.insert(account).values(credential),
    db.delete(session).where(eq(session.userId, userId)),
    db.delete(userLink).where(eq(userLink.tokenHash, tokenHash)),
  ]
}
