import { ProblemError } from '@tunnel-console/shared/problem'
import type { AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import type { StatusReadings } from '../readings/status.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { Request } from './request.ts'
import type { Settle } from './settle.ts'

interface ResetServices {
  audit: Pick<AuditStore, 'begin'>
  settle: Pick<Settle, 'plain'>
  tunnels: Pick<TunnelReadings, 'forget'>
  status: Pick<StatusReadings, 'health'>
  deps: Pick<Deps, 'sandbox'>
}

/** Puts the sandbox back to its seed, with an audit entry as for any change. Throws `not-found` in live mode. */
export function createResetSandbox({ audit, settle, tunnels, status, deps }: ResetServices) {
  return async (actor: Request['author'], requestId: string): Promise<void> => {
    const { sandbox } = deps
    if (!sandbox) throw ProblemError.of('not-found')
    const action = 'sandbox.reset' as const
    const id = await audit.begin({ actor, requestId, action, target: null, validateOnly: false, changes: [] })
    sandbox.reset()
    await settle.plain(id, { outcome: 'applied' })
    // Everything changes at once, and by our own hand.
    tunnels.forget()
    status.health.invalidate()
  }
}
