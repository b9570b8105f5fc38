import type { TunnelDraft } from '@tunnel-console/shared/draft'
import { createStore } from '../../lib/store.ts'

const kept = createStore<TunnelDraft | null>(null)

/** Hands a draft to the next "Create tunnel" page. In memory only: it may hold an MD5 key. */
export const keepDraft = (draft: TunnelDraft): void => kept.set(draft)

export const keptDraft = (): TunnelDraft | null => kept.get()

export const dropKeptDraft = (): void => kept.set(null)
