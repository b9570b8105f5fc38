import { createStore } from '../../../lib/store.ts'

/** The tunnel whose support bundle was asked for, from its page or from the palette. */
export const wantedBundle = createStore<string | null>(null)
