import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { createStore } from '../../../lib/store.ts'

const storageKey = 'rotate-keys'

/**
 * The tunnels whose keys are to be rotated, as they were chosen: what the list shows later does not change them. They stay in
 * this tab over a reload, by id alone.
 */
export const chosenIds = createStore<readonly string[]>(parsed())

/** Freezes a choice, for the page "Rotate keys" to go on with. */
export function chooseForRotation(ids: readonly string[]): void {
  chosenIds.set(ids)
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(ids))
  } catch {
    // Not kept over a reload, but it works for this page.
  }
}

function parsed(): readonly string[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(value) ? [...new Set(value.filter(isTunnelId))] : []
  } catch {
    return []
  }
}
