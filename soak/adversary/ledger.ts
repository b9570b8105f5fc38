export type RequestKind =
  | 'list'
  | 'get'
  | 'create'
  | 'update'
  | 'delete'
  | 'psk'
  | 'routes'
  | 'graphql'
  | 'account'
  | 'other'

export const writeKinds: readonly RequestKind[] = ['create', 'update', 'delete', 'psk']

/** What of a tunnel the judge looks at. */
export interface Seen {
  name: string
  description: string
  customer_endpoint: string
  rate: string
}

/** One request as Cloudflare knows it: what came, what it did, what was answered. Times in milliseconds since 1970. */
export interface LedgerEntry {
  n: number
  at: number
  kind: RequestKind
  method: string
  path: string
  isDryRun: boolean
  tunnelId: string | null
  /** SHA-256 of the body, and what it asked for; `null` when it was not read. */
  bodyHash: string | null
  wanted: Partial<Seen> | null
  fault: string
  committedAt: number | null
  /** What the tunnel was before this write took effect. */
  before: Seen | null
  /** Why Cloudflare's own rules refused it, or `null`. */
  refusal: string | null
  /** The tunnel that a create made. */
  createdId: string | null
  /** SHA-256 of the key that was made. */
  keyHash: string | null
  /** Whether the key stood in an answer that went out whole, where a reader has to look for it. */
  isKeyHandedOver: boolean
  /** The tunnel as a read of it was shown, `null` when it was shown to be gone. */
  served: Seen | null
  /** For a list: how many tunnels it showed. */
  listed: number | null
  answeredAt: number | null
  /** `whole` the answer went out to its end · `cut` only a part did · `none` nothing did. */
  answered: 'whole' | 'cut' | 'none'
  status: number | null
}

/** What another writer did: Cloudflare's dashboard, Terraform, a script. */
export interface OutsideEdit {
  at: number
  tunnelId: string
  path: 'customer_endpoint' | 'rate'
  before: string
  after: string
}

type Arrival = Pick<LedgerEntry, 'kind' | 'method' | 'path' | 'isDryRun' | 'tunnelId' | 'fault'>

/** A fresh entry for a request that has just arrived. */
export function arrival(n: number, at: number, what: Arrival): LedgerEntry {
  return {
    n,
    at,
    ...what,
    bodyHash: null,
    wanted: null,
    committedAt: null,
    before: null,
    refusal: null,
    createdId: null,
    keyHash: null,
    isKeyHandedOver: false,
    served: null,
    listed: null,
    answeredAt: null,
    answered: 'none',
    status: null,
  }
}

export function isWrite({ kind, isDryRun }: Pick<LedgerEntry, 'kind' | 'isDryRun'>): boolean {
  return writeKinds.includes(kind) && !isDryRun
}
