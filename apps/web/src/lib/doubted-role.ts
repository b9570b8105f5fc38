import { createStore } from './store.ts'

/** Counts how often the BFF said that the role does not allow something. Who watches it reads the session anew. */
export const doubtedRole = createStore(0)
