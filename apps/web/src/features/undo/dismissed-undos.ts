import { createStore } from '../../lib/store.ts'

const key = 'dismissed-undos'
/** The server forgets within a day; so many are never open at once. */
const mostKept = 200

/** Groups whose end this person has read. Kept in this browser until they sign out. */
export const dismissedUndos = createStore<ReadonlySet<string>>(new Set(kept()))

export function dismissUndos(groups: readonly string[]): void {
  const all = [...dismissedUndos.get(), ...groups].slice(-mostKept)
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
    return Array.isArray(all) ? all.filter((group) => typeof group === 'string') : []
  } catch {
    return []
  }
}
