import { type ApprovalEntry, type ApprovalInput, needsSecondPerson } from '@tunnel-console/shared/approvals'
import { ProblemError } from '@tunnel-console/shared/problem'
import { canonicalJson } from '../changes/version.ts'
import { answered } from '../http/answered.ts'
import type { ApprovalRoom, By } from './room.ts'
import { type ApprovalRow, entryOf, insertion, openRow } from './store.ts'

/**
 * Leaves a change for a second person. Asking the same again gives what waits already; asking something else of the same
 * tunnel takes its place. Throws `invalid` where nobody else has to approve it, and what a fresh read of the tunnel throws.
 */
export async function askApproval(room: ApprovalRoom, by: By, input: ApprovalInput): Promise<ApprovalEntry> {
  const { deps, owner } = room
  const { actor, requestId } = by
  const { tunnelId, version, patch, reason } = input
  const change = { kind: 'update' as const, tunnelId, version, patch }
  const { name, effects } = answered(await owner.preview(change, actor.id))
  if (!needsSecondPerson(await owner.settings.read(), actor.role, effects)) {
    throw ProblemError.of('invalid', { detail: 'Nobody else has to approve this change. Apply it yourself.' })
  }
  const row: ApprovalRow = {
    ...{ id: crypto.randomUUID(), state: 'waiting', tunnelId, name, version, userId: actor.id, attempt: 0 },
    ...{ patch: canonicalJson(patch), effects: JSON.stringify(effects), by: JSON.stringify(actor) },
    ...{ reason: reason || null, askedAt: deps.now().getTime() },
    ...{ decidedBy: null, word: null, decidedAt: null, why: null },
  }
  const target = { id: tunnelId, name }
  const entry = { actor, requestId, action: 'approval.ask', target, changes: effects.map(fieldOf), reason } as const
  try {
    await owner.audit.record({ ...entry, outcome: 'applied' }, insertion(deps, row))
    return entryOf(row)
  } catch (error) {
    const open = await openRow(deps, actor.id, tunnelId)
    if (!open) throw error
    if (open.patch === row.patch && open.version === version) return entryOf(open)
    throw ProblemError.of('busy', { retryAfter: 2 })
  }
}

/** Without what it does: the audit log tells what was changed. */
export function fieldOf({ path, label, before, after }: ApprovalEntry['effects'][number]) {
  return { path, label, before, after }
}
