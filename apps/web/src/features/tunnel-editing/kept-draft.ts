import type { TunnelDraft } from '@tunnel-console/shared/draft'
import type { UndoMinutes } from '../../data/tunnel-writes.ts'
import { createStore } from '../../lib/store.ts'

const kept = createStore<TunnelDraft | null>(null)

/** Hands a draft to the next "Create tunnel" page. In memory only: it may hold an MD5 key. */
export const keepDraft = (draft: TunnelDraft): void => kept.set(draft)

export const keptDraft = (): TunnelDraft | null => kept.get()

export const dropKeptDraft = (): void => kept.set(null)

/** An edit as it was typed, and what it rests on. */
export interface KeptEdit {
  id: string
  draft: TunnelDraft
  /** Why, for the audit log. */
  reason: string
  /** After how many minutes it was to undo itself. */
  undoMinutes: UndoMinutes
  saved: { draft: TunnelDraft; version: string }
}

const keptEdits = createStore<KeptEdit | null>(null)

/** Hands an edit that was left to the next page that edits this tunnel. In memory only. */
export const keepEdit = (edit: KeptEdit): void => keptEdits.set(edit)

/** Taken once, and by the page of its own tunnel only. */
export function takeKeptEdit(id: string): KeptEdit | null {
  const edit = keptEdits.get()
  keptEdits.set(null)
  return edit?.id === id ? edit : null
}
