import { createStore } from '../../../lib/store.ts'

/** One text for a ticket, or files for a machine as well. */
export type BundleForm = 'text' | 'zip'

export interface WantedBundle {
  tunnelId: string
  form: BundleForm
}

/** The tunnel whose support bundle was asked for, from its page or from the palette. */
export const wantedBundle = createStore<WantedBundle | null>(null)
