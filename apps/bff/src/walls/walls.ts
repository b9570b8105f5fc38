import { linkActor } from '@tunnel-console/shared/audit'
import { ProblemError } from '@tunnel-console/shared/problem'
import { type WallScreen, wallLinkHours } from '@tunnel-console/shared/walls'
import { and, count, eq, gt, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { AuditStore, By } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import { hashToken, randomToken } from '../session/token.ts'
import { wallScreen } from '../storage/schema.ts'

const mostScreens = 100
/** That a screen has asked is written down at most so often. */
const seenEveryMs = 5 * 60_000

type Row = typeof wallScreen.$inferSelect

interface WallServices {
  audit: Pick<AuditStore, 'record'>
  deps: Pick<Deps, 'db' | 'now' | 'publicUrl'>
}

export type Walls = ReturnType<typeof createWalls>

/**
 * Screens that hang on a wall. An administrator makes one and gets a link, which counts once and for a day; whoever opens it
 * at the screen has a session that lasts until somebody revokes it. It reads the state of the tunnels, and nothing else.
 */
export function createWalls({ audit, deps: { db, now, publicUrl } }: WallServices) {
  async function find(where: SQL | undefined): Promise<Row | undefined> {
    const [row] = await db.select().from(wallScreen).where(where)
    return row
  }

  const isOpenable = (linkHash: string) =>
    and(eq(wallScreen.linkHash, linkHash), gt(wallScreen.linkUntil, now().getTime()))

  /** Fails, and with it the whole commit, when the screen is gone: a DELETE that finds nothing would not. */
  function mustBeThere(id: string) {
    const isThere = sql`EXISTS (SELECT 1 FROM wall_screen WHERE id = ${id})`
    return db.insert(wallScreen).select(sql`SELECT NULL, '', '', 0, NULL, 0, NULL, NULL WHERE NOT ${isThere}`)
  }

  return {
    /** By name. */
    async list(): Promise<WallScreen[]> {
      const rows = await db.select().from(wallScreen).orderBy(wallScreen.name, wallScreen.createdAt)
      return rows.map(entryOf)
    },

    /** Makes a screen and the link that lets it in, which is told this once. Throws `invalid` when there are too many. */
    async create({ actor, requestId }: By, name: string): Promise<{ screen: WallScreen; url: string }> {
      const [{ screens } = { screens: 0 }] = await db.select({ screens: count() }).from(wallScreen)
      if (screens >= mostScreens) {
        throw ProblemError.of('invalid', { detail: `There are ${mostScreens} screens already. Revoke one first.` })
      }
      const at = now().getTime()
      const link = randomToken()
      const row: Row = {
        id: crypto.randomUUID(),
        name,
        by: actor.email,
        createdAt: at,
        linkHash: await hashToken(link),
        linkUntil: at + wallLinkHours * 3_600_000,
        sessionHash: null,
        lastSeenAt: null,
      }
      const entry = { actor, requestId, action: 'wall.create', target: targetOf(row) } as const
      await audit.record({ ...entry, outcome: 'applied' }, [db.insert(wallScreen).values(row)])
      // Behind the `#`, so that it reaches no server and no log on its way.
      return { screen: entryOf(row), url: `${new URL('/wall', publicUrl).href}#link=${link}` }
    },

    /** Ends a screen's session and its link at once. Throws `not-found`, also to all but one who do so at the same time. */
    async revoke({ actor, requestId }: By, id: string): Promise<void> {
      const row = await find(eq(wallScreen.id, id))
      if (!row) throw ProblemError.of('not-found')
      const entry = { actor, requestId, action: 'wall.revoke', target: targetOf(row) } as const
      try {
        await audit.record({ ...entry, outcome: 'applied' }, [
          mustBeThere(id),
          db.delete(wallScreen).where(eq(wallScreen.id, id)),
        ])
      } catch (error) {
        if (await find(eq(wallScreen.id, id))) throw error
        throw ProblemError.of('not-found')
      }
    },

    /** Exchanges a link for the token of a session, once. Throws `gone`, the same for every link that does not count. */
    async open(link: string, requestId: string): Promise<string> {
      const linkHash = await hashToken(link)
      const row = await find(isOpenable(linkHash))
      if (!row) throw gone()
      const token = randomToken()
      const session = { linkHash: null, sessionHash: await hashToken(token) }
      // Of two who open it at once one finds no row, and its commit fails as a whole.
      const itself = sql<string>`CASE WHEN ${isOpenable(linkHash)} THEN ${wallScreen.id} END`
      const opened = db
        .update(wallScreen)
        .set({ ...session, id: itself })
        .where(eq(wallScreen.id, row.id))
      const entry = { actor: linkActor, requestId, action: 'wall.open', target: targetOf(row) } as const
      try {
        await audit.record({ ...entry, outcome: 'applied' }, [opened])
      } catch (error) {
        if (await find(isOpenable(linkHash))) throw error
        throw gone()
      }
      return token
    },

    /** Which screen has this session. Notes that it asked. */
    async screenOf(token: string): Promise<{ id: string; name: string } | null> {
      const row = await find(and(isNotNull(wallScreen.sessionHash), eq(wallScreen.sessionHash, await hashToken(token))))
      if (!row) return null
      await seen(row).catch(() => undefined)
      return { id: row.id, name: row.name }
    },
  }

  async function seen({ id, lastSeenAt }: Row): Promise<void> {
    const at = now().getTime()
    if (lastSeenAt !== null && at - lastSeenAt < seenEveryMs) return
    const isOlder = or(lt(wallScreen.lastSeenAt, at), sql`${wallScreen.lastSeenAt} IS NULL`)
    await db
      .update(wallScreen)
      .set({ lastSeenAt: at })
      .where(and(eq(wallScreen.id, id), isOlder))
  }
}

const targetOf = ({ id, name }: Row) => ({ id, name })

const iso = (ms: number) => new Date(ms).toISOString()

function entryOf({ id, name, by, createdAt, linkHash, linkUntil, lastSeenAt }: Row): WallScreen {
  return {
    id,
    name,
    by,
    createdAt: iso(createdAt),
    linkUntil: linkHash === null ? null : iso(linkUntil),
    lastSeenAt: lastSeenAt === null ? null : iso(lastSeenAt),
  }
}

function gone(): ProblemError {
  const detail = 'This link was opened already, is over a day old, or was revoked. Ask an administrator for a new one.'
  return ProblemError.of('gone', { detail })
}
