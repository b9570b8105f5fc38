import type { HandoffEntry } from '@tunnel-console/shared/api'
import { linkActor } from '@tunnel-console/shared/audit'
import type { NewHandoff } from '@tunnel-console/shared/contract'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import { and, count, desc, eq, gt, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm'
import type { AuditStore, By } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import { handoff } from '../storage/schema.ts'

/** How many may be open at once. */
const mostOpen = 200
const mostListed = 500
const hourMs = 3_600_000
/** How long it is told that one was there; the audit log tells it for ever. */
const keepMs = 30 * 24 * hourMs
const tidyEveryMs = 60_000

type Row = typeof handoff.$inferSelect

interface HandoffServices {
  audit: Pick<AuditStore, 'record'>
  /** The name of a tunnel; throws `not-found` where there is none. */
  nameOf: (tunnelId: string) => Promise<string>
  deps: Pick<Deps, 'db' | 'now' | 'monotonic'>
}

export type Handoffs = ReturnType<typeof createHandoffs>

/**
 * Keys that are left for somebody at the far end, as ciphertexts that nobody here can open: what opens them stands in the
 * link, behind the `#` that no browser sends. Each is given once and erased in the same commit that says so in the audit log;
 * what must not happen twice makes that commit fail by itself. Expiry is wall time, since it must outlive the process.
 */
export function createHandoffs({ audit, nameOf, deps }: HandoffServices) {
  const { db, now, monotonic } = deps
  let tidiedAt = Number.NEGATIVE_INFINITY

  const isOpen = () => and(isNull(handoff.openedAt), isNull(handoff.revokedAt), gt(handoff.expiresAt, now().getTime()))
  const isOver = () => and(isNotNull(handoff.ciphertext), lte(handoff.expiresAt, now().getTime()))
  const eraseOver = () => db.update(handoff).set({ ciphertext: null }).where(isOver())

  async function find(id: string, where?: ReturnType<typeof isOpen>): Promise<Row | undefined> {
    const [row] = await db
      .select()
      .from(handoff)
      .where(and(eq(handoff.id, id), where))
    return row
  }

  /** Ends one that is open and erases it; fails as a whole, with the audit entry, when it is not open any more. */
  function close(id: string, ended: Partial<Row>) {
    const itself = sql<string>`CASE WHEN ${isOpen()} THEN ${handoff.id} END`
    return db
      .update(handoff)
      .set({ ...ended, ciphertext: null, id: itself })
      .where(eq(handoff.id, id))
  }

  async function openCount(): Promise<number> {
    const [row] = await db.select({ count: count() }).from(handoff).where(isOpen())
    return row?.count ?? 0
  }

  return {
    /** The open ones first, each newest first. */
    async list(): Promise<HandoffEntry[]> {
      // On Workers nothing else comes by. What is over can be opened by nobody anyway.
      await eraseOver().catch(() => undefined)
      const rows = await db
        .select()
        .from(handoff)
        .orderBy(isNull(handoff.ciphertext), desc(handoff.createdAt))
        .limit(mostListed)
      return rows.map(entryOf)
    },

    /** Keeps a ciphertext until it is opened, for at most 24 hours. Throws `invalid` when too many are open. */
    async create({ actor, requestId }: By, { tunnelId, ciphertext, hours }: NewHandoff): Promise<HandoffEntry> {
      const at = now().getTime()
      const name = await nameOf(tunnelId)
      const rest = { tunnelId, name, by: actor.email, createdAt: at, expiresAt: at + hours * hourMs }
      const row: Row = { id: crypto.randomUUID(), ...rest, ciphertext, openedAt: null, revokedAt: null }
      const open = db.select({ count: count() }).from(handoff).where(isOpen())
      const id = sql<string>`CASE WHEN (${open}) < ${mostOpen} THEN ${row.id} END` as unknown as string
      const changes = [lineOf('expires_at', 'Can be opened until', new Date(row.expiresAt).toISOString())]
      const entry = { actor, requestId, action: 'handoff.create', target: targetOf(row) } as const
      try {
        await audit.record({ ...entry, changes, outcome: 'applied' }, [
          eraseOver(),
          db.insert(handoff).values({ ...row, id }),
        ])
      } catch (error) {
        if ((await openCount()) < mostOpen) throw error
        const detail = `${mostOpen} links are open already. Revoke one, or wait until one has run out.`
        throw ProblemError.of('invalid', { detail })
      }
      return entryOf(row)
    },

    /** Makes an open one worthless. Throws `gone` with what became of it when it is not open any more. */
    async revoke({ actor, requestId }: By, id: string): Promise<void> {
      const row = await find(id)
      if (!row) throw ProblemError.of('not-found')
      const entry = { actor, requestId, action: 'handoff.revoke', target: targetOf(row) } as const
      try {
        await audit.record({ ...entry, outcome: 'applied' }, [close(id, { revokedAt: now().getTime() })])
      } catch (error) {
        if (await find(id, isOpen())) throw error
        throw ProblemError.of('gone', { detail: endOf((await find(id)) ?? row) })
      }
    },

    /**
     * Gives what was left, once, to whoever has the link. Throws `gone`, the same for one that was opened, was revoked, has
     * run out or never was.
     */
    async open(
      id: string,
      { requestId, address }: { requestId: string; address: string | undefined },
    ): Promise<string> {
      const row = await find(id, isOpen())
      if (!row?.ciphertext) throw gone()
      const changes = address === undefined ? [] : [lineOf('address', 'Opened from', address)]
      const entry = { actor: linkActor, requestId, action: 'handoff.open', target: targetOf(row) } as const
      try {
        await audit.record({ ...entry, changes, outcome: 'applied' }, [close(id, { openedAt: now().getTime() })])
      } catch (error) {
        if (await find(id, isOpen())) throw error
        throw gone()
      }
      return row.ciphertext
    },

    /** Erases what has run out, each minute. */
    async tick(): Promise<void> {
      if (monotonic() - tidiedAt < tidyEveryMs) return
      tidiedAt = monotonic()
      await db.batch([eraseOver(), db.delete(handoff).where(lt(handoff.createdAt, now().getTime() - keepMs))])
    },
  }
}

const targetOf = ({ tunnelId, name }: Row) => ({ id: tunnelId, name })

const lineOf = (path: string, label: string, after: string): FieldChange => ({ path, label, before: null, after })

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

function entryOf({ ciphertext: _, createdAt, expiresAt, openedAt, revokedAt, ...rest }: Row): HandoffEntry {
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    openedAt: iso(openedAt),
    revokedAt: iso(revokedAt),
  }
}

function gone(): ProblemError {
  const detail =
    'This link has been opened already, was revoked, has run out, or never was. Ask whoever sent it for a new one. If it was not you who opened it, tell them so: somebody else may have the key.'
  return ProblemError.of('gone', { detail })
}

/** What became of one that is not open, for those who may know. */
function endOf({ openedAt, revokedAt }: Row): string {
  if (openedAt !== null) return `It was opened at ${iso(openedAt)}. If that was the wrong person, make a new key.`
  return revokedAt === null ? 'It has run out.' : `It was revoked at ${iso(revokedAt)}.`
}
