import { createStore } from './store.ts'

/** Set when the BFF says that nobody is signed in. The session feature watches it. */
export const signedOut = createStore(false)
