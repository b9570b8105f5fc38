import { createStore } from '../../../lib/store.ts'
import type { KeyPlan } from './creation-draft.ts'

/** The tunnels that were made in this tab step by step, and how each was to get its key. As long as the page lives. */
export const newTunnels = createStore<Readonly<Record<string, KeyPlan>>>({})

export const noteNewTunnel = (id: string, plan: KeyPlan): void => newTunnels.set((all) => ({ ...all, [id]: plan }))

/** What is next for it was put away. */
export function forgetNewTunnel(id: string): void {
  newTunnels.set(({ [id]: _, ...others }) => others)
}
