import { createStore } from '../../lib/store.ts'

/**
 * The tunnels that are selected in the list, by id. It lives as long as the page, so that it outlasts sorting, filtering,
 * polls and a look at one of them; what is done with many starts on a copy.
 */
export const selectedTunnels = createStore<ReadonlySet<string>>(new Set())

export const clearSelection = (): void => selectedTunnels.set(new Set())

/** Takes these out of it, and leaves what was selected since. */
export const deselect = (ids: readonly string[]): void =>
  selectedTunnels.set((before) => new Set([...before].filter((id) => !ids.includes(id))))
