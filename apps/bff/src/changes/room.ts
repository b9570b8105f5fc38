import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { AuditStore } from '../audit/store.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { Limits } from '../http/limits.ts'
import type { RecentWrites } from '../readings/recent-writes.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { Facts } from './change.ts'
import type { Intents } from './intents.ts'
import type { Seal } from './seal.ts'
import type { Settle } from './settle.ts'
import type { Turns } from './turns.ts'
import type { Watch } from './watch.ts'

/** What the steps of a change work with. */
export interface Room {
  client: CloudflareClient
  /** The same, for looks: a reading that is older than our own latest write shows nothing. */
  honest: CloudflareClient
  /** The same, for the reads of a write: never older than our own latest write. */
  fresh: CloudflareClient
  audit: AuditStore
  intents: Intents
  seal: Seal
  settle: Settle
  tunnels: TunnelReadings
  turns: Turns
  watch: Watch
  limits: Limits
  /** The same for dry runs, which cost Cloudflare's budget as well. */
  questions: Limits
  deps: Pick<Deps, 'now' | 'pause'>
  /** Whether what a former process left has been settled: no new write before that. */
  isReady: () => boolean
  /** Versions that are about to be written over, or were lately: a read that still shows one is old. */
  recent: Pick<RecentWrites, 'sends' | 'wrote' | 'isOld'>
  /** The tunnels as the console last knew them; none before its first reading. */
  remembered: () => readonly Tunnel[]
  /** A tunnel as a write has read it: what it shows of somebody else's doing is written down before ours hides it. */
  sees: (tunnel: Tunnel) => void
  /** Says that a change is under way, so that what a list shows of it is not taken for somebody else's. */
  enter: (facts: Facts) => () => void
  unforeseen: (error: unknown, requestId: string) => void
}
