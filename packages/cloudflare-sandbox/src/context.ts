import type { KeyVault } from './keys.ts'
import type { LedgerEntry } from './ledger.ts'
import type { SandboxState, Store } from './state.ts'

/** What a token may be without: each has a permission of its own, or may be missing from an account. */
const sources = ['account', 'tunnels', 'routes', 'gre', 'interconnects', 'leases', 'analytics'] as const
export type Source = (typeof sources)[number]

export const isSource = (text: string): text is Source => sources.some((source) => source === text)

/** What is known of a token beside its text. */
export interface TokenFacts {
  /** Who it belongs to. Without one, both ways to verify a token take it. */
  owner?: 'user' | 'account'
  status?: 'active' | 'disabled' | 'expired'
  /** ISO 8601. */
  expiresOn?: string
}

/** What the routes need from outside themselves. */
export interface Deps {
  accountId: string
  accountName: string
  accountNumber: number
  tokens: readonly string[]
  readTokens: readonly string[]
  /** Refused to every token. */
  unreadable: readonly Source[]
  tokenFacts: Readonly<Record<string, TokenFacts>>
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
