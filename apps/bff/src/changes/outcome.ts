import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import type { Intent, Intents } from './intents.ts'
import type { createOnce } from './once.ts'

/**
 * What became of the change with this idempotency key. Asking about a key under which nothing has arrived closes it, so
 * that a late original is refused and "it never arrived" stays true.
 */
export function createOutcome(intents: Intents, { isRunning, lookedAt, unsealed }: ReturnType<typeof createOnce>) {
  return async (userId: string, key: string): Promise<OutcomeAnswer> => {
    if (isRunning(userId, key)) return { outcome: 'running' }
    let intent = await intents.find(userId, key)
    if (!intent) {
      await intents.close(userId, key)
      intent = await intents.find(userId, key)
    }
    return intent ? tell(await lookedAt(intent)) : { outcome: 'running' }
  }

  async function tell({ id: auditId, phase, outcome }: Intent): Promise<OutcomeAnswer> {
    if (phase === 'closed') return { outcome: 'closed' }
    if (!outcome) return { outcome: 'running', auditId }
    if (outcome.kind === 'problem') {
      const { problem } = outcome
      return { outcome: fateOf(problem) === 'unknown' ? 'unknown' : 'not-applied', problem, auditId }
    }
    const { answer } = outcome
    if (!('tunnel' in answer)) return { outcome: 'applied', auditId }
    const { tunnel, version } = await unsealed(answer)
    return { outcome: 'applied', tunnel, version, auditId }
  }
}
