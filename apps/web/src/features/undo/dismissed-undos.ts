import type { UndoEntry } from '@tunnel-console/shared/api'
import { createStore } from '../../lib/store.ts'

const key = 'dismissed-undos'
/** The server forgets within a day. A job has a thousand changes at most. */
const mostKept = 5000

/** Changes, by the id of their undo, whose end this person has read. Kept in this browser until they sign out. */
export const dismissedUndos = createStore<ReadonlySet<string>>(new Set(kept()))

export function dismissUndos(undos: readonly UndoEntry[]): void {
  const all = [...dismissedUndos.get(), ...undos.map(({ id }) => id)].slice(-mostKept)
  dismissedUndos.set(new Set(all))
  try {
    localStorage.setItem(key, JSON.stringify(all))
  } catch {
    // Not remembered, but it is put away on this page.
  }
}

/** `localStorage` throws where the browser blocks it, and may hold anything. */
function kept(): string[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(all) ? all.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
