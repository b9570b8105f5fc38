import type { AuditActor, AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import type { Auth } from '../session/auth.ts'

/** What the deeds of this folder work with. */
export interface PeopleRoom {
  deps: Pick<Deps, 'db' | 'now' | 'publicUrl' | 'sandbox'>
  audit: Pick<AuditStore, 'record'>
  auth: Pick<Auth, 'hashPassword' | 'places'>
}

/** Who does it, and under which request. */
export interface By {
  actor: AuditActor
  requestId: string
}
