import {
  type BulkChoices,
  bulkPaths,
  type DescriptionEdit,
  descriptionEdits,
  noChoices,
} from '@tunnel-console/shared/bulk'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { newKey } from '../../../data/idempotency-key.ts'
import { dropFromTab, keepInTab, keptInTab } from '../../../lib/tab-store.ts'

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

const name = 'bulk-edit'

/** Begins a bulk edit of these tunnels: the page that opens next works on them, whatever is selected since. */
export const startBulkEdit = (owner: string, tunnels: readonly ChosenOne[]): void =>
  keepBulkDraft(owner, { id: newKey(), tunnels, choices: noChoices, reason: '', restore: null })

/** A tunnel with what was changed of it. */
export type ChangedOne = ChosenOne & { changes: readonly FieldChange[] }

/** Begins one that gives tunnels back what was changed of them. */
export const startBulkRestore = (owner: string, rows: readonly ChangedOne[]): void =>
  keepBulkDraft(owner, {
    id: newKey(),
    tunnels: rows.map(({ id, name: called }) => ({ id, name: called })),
    choices: noChoices,
    reason: '',
    restore: { changes: Object.fromEntries(rows.map(({ id, changes }) => [id, changes])) },
  })

export const keepBulkDraft = (owner: string, draft: BulkDraft): void => keepInTab(name, owner, draft)
export const dropBulkDraft = (): void => dropFromTab(name)

/** Whether it is still the one that is kept: another one may have been begun since. */
export const isKeptBulkDraft = (owner: string, { id }: BulkDraft): boolean => keptBulkDraft(owner)?.id === id

/** The one that was begun in this tab, if any. What an older build kept and this one cannot read counts as none. */
export function keptBulkDraft(owner: string): BulkDraft | null {
  const kept = keptInTab(name, owner)
  if (!isRecord(kept)) return null
  const tunnels = chosenIn(kept['tunnels'])
  if (tunnels.length === 0) return null
  const reason = typeof kept['reason'] === 'string' ? kept['reason'] : ''
  const id = typeof kept['id'] === 'string' ? kept['id'] : ''
  return { id, tunnels, choices: choicesOf(kept['choices']), reason, restore: restoreOf(kept) }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What was kept of chosen tunnels, as far as it can be read. */
export const chosenIn = (kept: unknown): ChosenOne[] => (Array.isArray(kept) ? kept.flatMap(chosenOf) : [])

function chosenOf(entry: unknown): ChosenOne[] {
  if (!isRecord(entry) || !isTunnelId(entry['id'])) return []
  return [{ id: entry['id'], name: String(entry['name'] ?? '') }]
}

function choicesOf(kept: unknown): BulkChoices {
  if (!isRecord(kept)) return noChoices
  const { values, description } = kept
  const known = bulkPaths.flatMap((path) => {
    const value = isRecord(values) ? values[path] : undefined
    return typeof value === 'string' || typeof value === 'boolean' ? [[path, value] as const] : []
  })
  const how: DescriptionEdit | undefined = isRecord(description)
    ? descriptionEdits.find((known) => known === description['how'])
    : undefined
  const text = isRecord(description) ? String(description['text'] ?? '') : ''
  return { values: Object.fromEntries(known), description: how ? { how, text } : null }
}

function restoreOf({ restore }: Record<string, unknown>): BulkDraft['restore'] {
  if (!isRecord(restore) || !isRecord(restore['changes'])) return null
  const changes = Object.entries(restore['changes']).map(
    ([id, list]) => [id, Array.isArray(list) ? list.filter(isChange) : []] as const,
  )
  return { changes: Object.fromEntries(changes) }
}

function isChange(entry: unknown): entry is FieldChange {
  return isRecord(entry) && typeof entry['path'] === 'string' && 'before' in entry && 'after' in entry
}
