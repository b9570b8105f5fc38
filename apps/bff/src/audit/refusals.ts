import type { Permission } from '@tunnel-console/shared/access'
import { auditActions } from '@tunnel-console/shared/audit'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import type { Actor } from '../http/env.ts'
import type { AuditStore } from './store.ts'

export interface Refusals {
  flush(): Promise<void>
  record(
    actor: Actor,
    permission: Permission,
    target: { id: string | undefined; isDryRun: boolean },
    requestId: string,
  ): Promise<void>
}

/** Records writes that a role was refused. A refused read leaves no entry: it changes nothing and would flood the log. */
export function createRefusals(audit: AuditStore, nameOf: (tunnelId: string) => string): Refusals {
  return {
    async flush() {},

    async record(actor, permission, { id, isDryRun }, requestId) {
      const action = auditActions.find((known) => known === permission)
      if (action === undefined) return
      const target = targetOf(id, nameOf)
      await audit.record({ actor, action, target, outcome: 'denied', validateOnly: isDryRun, requestId })
    },
  }
}

function targetOf(id: string | undefined, nameOf: (tunnelId: string) => string) {
  return isTunnelId(id) ? { id, name: nameOf(id) } : null
}
