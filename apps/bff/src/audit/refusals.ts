import type { Permission } from '@tunnel-console/shared/access'
import { type AuditAction, auditActions } from '@tunnel-console/shared/audit'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import type { Actor } from '../http/env.ts'
import type { AuditStore } from './store.ts'

export interface Refusals {
  record(
    actor: Actor,
    permission: Permission | AuditAction | 'anybody',
    target: { id: string | undefined; isDryRun: boolean },
    requestId: string,
  ): Promise<void>
  /**
   * Writes the counts of the minutes that have ended; when stopping, of those under way too. What cannot be written is kept
   * for the next time. Never throws.
   */
  flush(options?: { isStopping?: boolean }): Promise<void>
}

interface Minute {
  /** Of the entry that the first refusal left. */
  id: Promise<string>
  /** Monotonic, in ms. */
  since: number
  times: number
}

const minuteMs = 60_000
/** Far more than there are people and writes to refuse them; beyond it the oldest count is written early. */
const mostMinutes = 1000

/**
 * Records writes that a role was refused. A refused read leaves no entry: it changes nothing and would flood the log.
 *
 * Nobody may fill the disk with what they are not allowed to do. The first refusal of a person and an action has its entry
 * at once; those that follow within a minute are counted, and the count becomes one settlement of that entry. `monotonic`
 * gives milliseconds that no clock change moves.
 */
export function createRefusals(
  audit: Pick<AuditStore, 'record' | 'settle'>,
  nameOf: (tunnelId: string) => string,
  monotonic: () => number = () => performance.now(),
): Refusals {
  const minutes = new Map<string, Minute>()
  const hasEnded = ({ since }: Minute) => monotonic() - since >= minuteMs

  /** Whether the count stands in the log. */
  async function settle({ id, times }: Minute): Promise<boolean> {
    try {
      if (times > 1) await audit.settle(await id, { outcome: 'denied', times })
      return true
    } catch {
      return false
    }
  }

  async function begin(key: string, id: Promise<string>): Promise<void> {
    const minute = { id, since: monotonic(), times: 1 }
    const over = [take(key)]
    if (minutes.size >= mostMinutes) over.push(take([...minutes.keys()][0] ?? ''))
    minutes.set(key, minute)
    try {
      await id
    } catch (error) {
      if (minutes.get(key) === minute) minutes.delete(key)
      throw error
    } finally {
      for (const one of over) if (one) await settle(one)
    }
  }

  function take(key: string): Minute | undefined {
    const minute = minutes.get(key)
    minutes.delete(key)
    return minute
  }

  return {
    async record(actor, permission, { id, isDryRun }, requestId) {
      const action = auditActions.find((known) => known === permission)
      if (action === undefined) return
      const key = `${actor.id} ${action} ${isDryRun}`
      const known = minutes.get(key)
      if (known && !hasEnded(known)) {
        known.times++
        await known.id
        return
      }
      const refusal = { actor, action, target: targetOf(id, nameOf), outcome: 'denied' as const }
      await begin(key, audit.record({ ...refusal, validateOnly: isDryRun, requestId }))
    },

    async flush({ isStopping = false } = {}) {
      const ended = [...minutes].filter(([, minute]) => isStopping || hasEnded(minute))
      for (const [key, minute] of ended) {
        if ((await settle(minute)) && hasEnded(minute) && minutes.get(key) === minute) minutes.delete(key)
      }
    },
  }
}

function targetOf(id: string | undefined, nameOf: (tunnelId: string) => string) {
  return isTunnelId(id) ? { id, name: nameOf(id) } : null
}
