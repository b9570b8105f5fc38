import { createStore } from '../../../lib/store.ts'

/** The tunnels that somebody is about to plan work on, from wherever they asked. */
export const planningFor = createStore<readonly { id: string; name: string }[] | null>(null)
