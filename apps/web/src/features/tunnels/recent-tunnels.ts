import { createStore } from '../../lib/store.ts'

const keptAtMost = 5

/** The tunnels that were opened last, newest first, for as long as the page lives: the next person at this desk sees none. */
export const recentTunnels = createStore<readonly string[]>([])

export function rememberTunnel(id: string): void {
  recentTunnels.set((ids) => [id, ...ids.filter((other) => other !== id)].slice(0, keptAtMost))
}

/** The tunnel whose key dialog the palette asked for; its page opens the dialog, and forgets the wish. */
export const wantedKey = createStore<string | null>(null)
