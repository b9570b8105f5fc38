import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { createStore } from './store.ts'
import { store, stored } from './theme.ts'

const storageKey = 'device-choices'
const keptAtMost = 500

/** What stands at the other end of each tunnel, by its id, as this browser was told: the id of a device template. */
export const deviceChoices = createStore<Readonly<Record<string, string>>>(parsed(stored(storageKey)))

/** Remembers it in this browser; what was told last is kept longest. */
export function chooseDevice(tunnelId: string, templateId: string): void {
  deviceChoices.set(({ [tunnelId]: _, ...others }) =>
    Object.fromEntries([...Object.entries(others), [tunnelId, templateId]].slice(-keptAtMost)),
  )
  store(storageKey, JSON.stringify(deviceChoices.get()))
}

/** The storage may hold anything: what is none of ours is left out. */
function parsed(text: string | null): Record<string, string> {
  try {
    const entries = Object.entries((JSON.parse(text ?? '{}') as Record<string, unknown> | null) ?? {})
    return Object.fromEntries(
      entries.flatMap(([id, name]) => (isTunnelId(id) && typeof name === 'string' ? [[id, name]] : [])),
    )
  } catch {
    return {}
  }
}
