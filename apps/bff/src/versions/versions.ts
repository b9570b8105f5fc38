import type { TunnelVersion } from '@tunnel-console/shared/api'
import { outsideActor } from '@tunnel-console/shared/audit'
import { diffDrafts, type FieldChange, maskDraft } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import { withValue } from '@tunnel-console/shared/field-values'
import { desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Author, Change, Facts } from '../changes/change.ts'
import type { Done } from '../changes/kind.ts'
import type { Deps } from '../deps.ts'
import { tunnelVersion } from '../storage/schema.ts'

const mostShown = 200
const mostKept = 500
const keepMs = 400 * 24 * 3600_000

/** A tunnel before and after somebody's doing. `null`: it was not there. */
interface Step {
  before: TunnelDraft | null
  after: TunnelDraft | null
}

export type Versions = ReturnType<typeof createVersions>

/**
 * What each tunnel was before and after every change that is known, with an MD5 key only as "(set)". The functions that give
 * statements leave it to the caller to commit them together with the audit line that tells the same.
 */
export function createVersions({ db, now }: Pick<Deps, 'db' | 'now'>) {
  function insert(
    tunnelId: string,
    { before, after }: Step,
    by: string,
    auditId: string | null,
  ): BatchItem<'sqlite'>[] {
    const name = (after ?? before)?.name
    if (name === undefined || (before && after && diffDrafts(before, after).length === 0)) return []
    const stored = (draft: TunnelDraft | null) => draft && JSON.stringify(maskDraft(draft))
    const at = now().toISOString()
    const row = { tunnelId, name, at, by, auditId, before: stored(before), after: stored(after) }
    // A change that was settled late may be settled again.
    return [db.insert(tunnelVersion).values(row).onConflictDoNothing()]
  }

  return {
    /** What an applied change of ours left: none for a key, which is no part of a version. */
    ofChange(change: { id: string; change: Change; author: Author }, done: Done, facts: Facts): BatchItem<'sqlite'>[] {
      const { tunnel, target, outside } = done
      const isDeletion = change.change.kind === 'delete'
      if (target.id === null || (facts.goal === null && !isDeletion)) return []
      const after = tunnel && withoutChanges(draftOf(tunnel), outside)
      return insert(target.id, { before: facts.before, after }, change.author.email, change.id)
    },

    /** What somebody else left. */
    ofOutside: (tunnelId: string, step: Step): BatchItem<'sqlite'>[] =>
      insert(tunnelId, step, outsideActor.email, null),

    /** Newest first. */
    async list(tunnelId: string): Promise<TunnelVersion[]> {
      const rows = await db
        .select()
        .from(tunnelVersion)
        .where(eq(tunnelVersion.tunnelId, tunnelId))
        .orderBy(desc(tunnelVersion.seq))
        .limit(mostShown)
      return rows.map(({ before, after, ...row }) => ({ ...row, before: draftIn(before), after: draftIn(after) }))
    },

    /** Forgets what is older than 400 days, and all but the newest 500 of a tunnel. */
    async tidy(): Promise<void> {
      const oldest = new Date(now().getTime() - keepMs).toISOString()
      await db.delete(tunnelVersion).where(lt(tunnelVersion.at, oldest))
      const place = sql<number>`row_number() over (partition by ${tunnelVersion.tunnelId} order by ${tunnelVersion.seq} desc)`
      const placed = db
        .select({ seq: tunnelVersion.seq, place: place.as('place') })
        .from(tunnelVersion)
        .as('placed')
      const surplus = db.select({ seq: placed.seq }).from(placed).where(gt(placed.place, mostKept))
      await db.delete(tunnelVersion).where(inArray(tunnelVersion.seq, surplus))
    },
  }
}

const draftIn = (text: string | null) => (text === null ? null : (JSON.parse(text) as TunnelDraft))

/** A draft as it was before these changes of it. */
export function withoutChanges(draft: TunnelDraft, changes: readonly FieldChange[]): TunnelDraft {
  return changes.reduce((former, { path, before }) => withValue(former, path, before), draft)
}
