import {
  type BulkChoices,
  bulkPaths,
  type DescriptionEdit,
  descriptionEdits,
  noChoices,
} from '@tunnel-console/shared/bulk'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { keptInTab } from '../../../lib/tab-store.ts'
import { type BulkDraft, bulkDraftName, chosenIn, isRecord } from './bulk-start.ts'

/** Whether it is still the one that is kept: another one may have been begun since. */
export const isKeptBulkDraft = (owner: string, { id }: BulkDraft): boolean => keptBulkDraft(owner)?.id === id

/** The one that was begun in this tab, if any. What an older build kept and this one cannot read counts as none. */
export function keptBulkDraft(owner: string): BulkDraft | null {
  const kept = keptInTab(bulkDraftName, owner)
  if (!isRecord(kept)) return null
  const tunnels = chosenIn(kept['tunnels'])
  if (tunnels.length === 0) return null
  const reason = typeof kept['reason'] === 'string' ? kept['reason'] : ''
  const id = typeof kept['id'] === 'string' ? kept['id'] : ''
  return { id, tunnels, choices: choicesOf(kept['choices']), reason, restore: restoreOf(kept) }
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
