import type { UndoEntry } from '@tunnel-console/shared/api'
import { serverNow } from '../../lib/server-clock.ts'
import { createStore } from '../../lib/store.ts'

const key = 'watched-change'

/** So long after a change of high risk its tunnel's page shows how it does beside how it did. */
export const watchMs = 5 * 60_000

/** The last change of high risk that was made in this tab and does not undo itself. */
export interface WatchedChange extends Pick<UndoEntry, 'tunnelId' | 'stateBefore' | 'bgpBefore'> {
  /** When it was known to be made, by the server's clock, in milliseconds. */
  at: number
  /** When it was sent, by the server's clock, in milliseconds: its version is no older. */
  sentAt: number
  /** By email, as versions have it. */
  by: string
}

export const watchedChange = createStore<WatchedChange | null>(kept())

export function watchChange(change: Omit<WatchedChange, 'at'>): void {
  keep({ ...change, at: serverNow().getTime() })
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
  const { tunnelId, at, sentAt, by } = change as Record<string, unknown>
  const hasTimes = typeof at === 'number' && typeof sentAt === 'number'
  return hasTimes && typeof tunnelId === 'string' && typeof by === 'string'
}
