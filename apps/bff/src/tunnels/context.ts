import type { AuditStore } from '../audit/store.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/env.ts'
import type { WithLock } from '../storage/lock.ts'
import type { TunnelSource } from './source.ts'

/** What the verbs of this folder work with. */
export interface TunnelServices {
  client: CloudflareClient
  source: TunnelSource
  audit: AuditStore
  withLock: WithLock
  deps: Pick<Deps, 'now' | 'log'>
}

/** Who asks, under which request, and whether it is only a dry run. */
export interface WriteContext {
  actor: Actor
  requestId: string
  isDryRun: boolean
}
