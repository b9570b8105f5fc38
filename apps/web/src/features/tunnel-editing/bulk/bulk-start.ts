import type { BulkChoices } from '@tunnel-console/shared/bulk'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { newKey } from '../../../data/idempotency-key.ts'
import { dropFromTab, keepInTab } from '../../../lib/tab-store.ts'

// Apart from what reads a draft: the list begins bulk edits, and must not load the rules of every field for it.

/** A tunnel that was chosen: its name is kept, for the case that it is deleted meanwhile. */
export interface ChosenOne {
  id: string
  name: string
}

/** What a bulk edit is about, frozen when it began. Names and settings only, no key. */
export interface BulkDraft {
  /** Tells it from the one that is begun after it. */
  id: string
  tunnels: readonly ChosenOne[]
  choices: BulkChoices
  /** Why, for the audit log. */
  reason: string
  /** Former values to be restored, by tunnel, in place of choices. */
  restore: { jobId: string; changes: Readonly<Record<string, readonly FieldChange[]>> } | null
}

export const bulkDraftName = 'bulk-edit'

const nothingChosen: BulkChoices = { values: {}, description: null }

/** Begins a bulk edit of these tunnels: the page that opens next works on them, whatever is selected since. */
export const startBulkEdit = (owner: string, tunnels: readonly ChosenOne[]): void =>
  keepBulkDraft(owner, { id: newKey(), tunnels, choices: nothingChosen, reason: '', restore: null })

/** Begins one that gives tunnels back what a job has changed. */
export const startBulkRestore = (
  owner: string,
  jobId: string,
  rows: readonly (ChosenOne & { changes: readonly FieldChange[] })[],
): void =>
  keepBulkDraft(owner, {
    id: newKey(),
    tunnels: rows.map(({ id, name: called }) => ({ id, name: called })),
    choices: nothingChosen,
    reason: '',
    restore: { jobId, changes: Object.fromEntries(rows.map(({ id, changes }) => [id, changes])) },
  })

export const keepBulkDraft = (owner: string, draft: BulkDraft): void => keepInTab(bulkDraftName, owner, draft)
export const dropBulkDraft = (): void => dropFromTab(bulkDraftName)
