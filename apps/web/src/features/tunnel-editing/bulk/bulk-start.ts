import type { BulkChoices } from '@tunnel-console/shared/bulk'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
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
  restore: { changes: Readonly<Record<string, readonly FieldChange[]>> } | null
}

export const bulkDraftName = 'bulk-edit'

const nothingChosen: BulkChoices = { values: {}, description: null }

/** Begins a bulk edit of these tunnels: the page that opens next works on them, whatever is selected since. */
export const startBulkEdit = (owner: string, tunnels: readonly ChosenOne[]): void =>
  keepBulkDraft(owner, { id: newKey(), tunnels, choices: nothingChosen, reason: '', restore: null })

/** A tunnel with what was changed of it. */
export type ChangedOne = ChosenOne & { changes: readonly FieldChange[] }

/** Begins one that gives tunnels back what was changed of them. */
export const startBulkRestore = (owner: string, rows: readonly ChangedOne[]): void =>
  keepBulkDraft(owner, {
    id: newKey(),
    tunnels: rows.map(({ id, name: called }) => ({ id, name: called })),
    choices: nothingChosen,
    reason: '',
    restore: { changes: Object.fromEntries(rows.map(({ id, changes }) => [id, changes])) },
  })

export const keepBulkDraft = (owner: string, draft: BulkDraft): void => keepInTab(bulkDraftName, owner, draft)
export const dropBulkDraft = (): void => dropFromTab(bulkDraftName)

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** What was kept of chosen tunnels, as far as it can be read. */
export const chosenIn = (kept: unknown): ChosenOne[] => (Array.isArray(kept) ? kept.flatMap(chosenOf) : [])

function chosenOf(entry: unknown): ChosenOne[] {
  if (!isRecord(entry) || !isTunnelId(entry['id'])) return []
  return [{ id: entry['id'], name: String(entry['name'] ?? '') }]
}
