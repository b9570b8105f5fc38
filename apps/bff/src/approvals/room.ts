import type { AuditActor } from '../audit/store.ts'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'

/** What the deeds of this folder work with. */
export interface ApprovalRoom {
  deps: Pick<Deps, 'db' | 'now' | 'sandbox'>
  owner: Pick<Owner, 'run' | 'outcome' | 'preview' | 'isStill' | 'audit' | 'settings'>
  /** Those that this process is carrying out: nobody else may settle them. */
  underWay: Set<string>
}

/** Who does it, and under which request. */
export interface By {
  actor: AuditActor
  requestId: string
}
