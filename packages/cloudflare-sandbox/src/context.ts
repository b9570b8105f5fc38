import type { KeyVault } from './keys.ts'
import type { LedgerEntry } from './ledger.ts'
import type { SandboxState, Store } from './state.ts'

/** What a token may be without: each has a permission of its own, or may be missing from an account. */
export type Source = 'routes' | 'gre' | 'interconnects' | 'leases'

/** What the routes need from outside themselves. */
export interface Deps {
  accountId: string
  accountName: string
  accountNumber: number
  tokens: readonly string[]
  readTokens: readonly string[]
  /** Refused to every token. */
  unreadable: readonly Source[]
  now: () => Date
  random: (bytes: number) => Uint8Array
  store: Store
  keys: KeyVault
  /** What reads answer: the current state, or an older one while a `staleReads` fault lasts. */
  readState: () => SandboxState
}

/** What differs per request. The body is read before the app runs, because the ledger records it. */
export interface Bindings {
  entry: LedgerEntry
  text: string
}

export interface SandboxEnv {
  Bindings: Bindings
}
