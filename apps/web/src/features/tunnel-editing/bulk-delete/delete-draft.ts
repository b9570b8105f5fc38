import { newKey } from '../../../data/idempotency-key.ts'
import { dropFromTab, keepInTab, keptInTab } from '../../../lib/tab-store.ts'
import { type ChosenOne, chosenIn } from '../bulk/bulk-start.ts'

/** Which tunnels are to be deleted, frozen when it began, and why. */
export interface DeleteDraft {
  /** Tells it from the one that is begun after it. */
  id: string
  tunnels: readonly ChosenOne[]
  /** For the audit log. */
  reason: string
}

const name = 'bulk-delete'

/** Begins a deletion of these tunnels: the page that opens next works on them, whatever is selected since. */
export const startBulkDelete = (owner: string, tunnels: readonly ChosenOne[]): void =>
  keepDeleteDraft(owner, { id: newKey(), tunnels, reason: '' })

export const keepDeleteDraft = (owner: string, draft: DeleteDraft): void => keepInTab(name, owner, draft)

/** Whether it is still the one that is kept: another one may have been begun since. */
export const isKeptDeleteDraft = (owner: string, { id }: DeleteDraft): boolean => keptDeleteDraft(owner)?.id === id

/** Forgets it, unless another one was begun since. Tells whether it did. */
export function dropDeleteDraft(owner: string, draft: DeleteDraft): boolean {
  const isOwn = isKeptDeleteDraft(owner, draft)
  if (isOwn) dropFromTab(name)
  return isOwn
}

/** The one that was begun in this tab, if any. What an older build kept and this one cannot read counts as none. */
export function keptDeleteDraft(owner: string): DeleteDraft | null {
  const kept = keptInTab(name, owner)
  if (typeof kept !== 'object' || kept === null || !('tunnels' in kept)) return null
  const tunnels = chosenIn(kept.tunnels)
  if (tunnels.length === 0) return null
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
  return { id: 'id' in kept ? textOf(kept.id) : '', tunnels, reason: 'reason' in kept ? textOf(kept.reason) : '' }
}
