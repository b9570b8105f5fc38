import type { UndoEntry } from '@tunnel-console/shared/api'
import { serverAhead } from '../../lib/server-clock.ts'
import { createStore } from '../../lib/store.ts'

const key = 'watched-change'

/** So long after a change of high risk its tunnel's page shows how it does beside how it did. */
export const watchMs = 5 * 60_000

/** The last change of high risk that was made in this tab and does not undo itself. */
export interface WatchedChange extends Pick<UndoEntry, 'tunnelId' | 'stateBefore' | 'bgpBefore'> {
  /** By the server's clock, in milliseconds. */
  at: number
  by: string
}

export const watchedChange = createStore<WatchedChange | null>(kept())

export function watchChange(change: Omit<WatchedChange, 'at'>): void {
  keep({ ...change, at: Date.now() + serverAhead() })
}

export const stopWatching = (): void => keep(null)

function keep(change: WatchedChange | null): void {
  watchedChange.set(change)
  try {
    if (change === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(change))
  } catch {
    // Not kept, but it holds for this page.
  }
}

/** A reload goes on watching. `sessionStorage` throws where the browser blocks it, and may hold anything. */
function kept(): WatchedChange | null {
  try {
    const change: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return isWatched(change) ? change : null
  } catch {
    return null
  }
}

function isWatched(change: unknown): change is WatchedChange {
  if (typeof change !== 'object' || change === null) return false
  const { tunnelId, at, by } = change as Record<string, unknown>
  return typeof tunnelId === 'string' && typeof at === 'number' && typeof by === 'string'
}
