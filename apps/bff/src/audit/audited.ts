import type { AuditOutcome } from '@tunnel-console/shared/audit'
import { type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import type { Deps } from '../deps.ts'
import type { AuditStore, Intent, Settlement } from './store.ts'

/** What the deed learnt while it ran: the real diff, the name of the target, Cloudflare's ray. */
export type Note = Pick<Settlement, 'changes' | 'target' | 'ray'>

/**
 * Runs a write with its audit entry: intent first, outcome after. No entry, no write. A crash in between leaves `pending`,
 * which is the truth. All writes to Cloudflare go through here.
 */
export async function audited<T>(
  { audit, deps }: { audit: AuditStore; deps: Pick<Deps, 'log'> },
  intent: Intent,
  act: (note: (more: Note) => void) => Promise<T>,
): Promise<T> {
  const id = await audit.begin(intent)
  let noted: Note = {}
  const settle = async (settlement: Settlement) => {
    try {
      await audit.settle(id, { ...noted, ...settlement })
    } catch {
      // The write has happened and is answered as such; its entry stays `pending`, which says "look".
      deps.log({
        level: 'error',
        event: 'audit.unsettled',
        auditId: id,
        outcome: settlement.outcome,
        requestId: intent.requestId,
      })
    }
  }
  try {
    const value = await act((more) => {
      noted = { ...noted, ...more }
    })
    await settle({ outcome: intent.validateOnly ? 'valid' : 'applied' })
    return value
  } catch (error) {
    await settle({ outcome: outcomeOf(error), problem: problemOf(error), ray: rayOf(error) ?? noted.ray })
    throw error
  }
}

const outcomes: Partial<Record<ProblemCode, Exclude<AuditOutcome, 'pending'>>> = {
  conflict: 'conflict',
  rejected: 'rejected',
  invalid: 'rejected',
  'not-found': 'rejected',
  'upstream-unauthorized': 'rejected',
  'upstream-rate-limited': 'rejected',
  'outcome-unknown': 'unknown',
  internal: 'unknown',
}

function outcomeOf(error: unknown): Exclude<AuditOutcome, 'pending'> {
  if (!(error instanceof ProblemError)) return 'unknown'
  return outcomes[error.problem.code as ProblemCode] ?? 'failed'
}

function problemOf(error: unknown): { code: string; detail: string } {
  if (!(error instanceof ProblemError)) return { code: 'internal', detail: '' }
  const { code, title, detail, upstream } = error.problem
  const said = upstream?.map(({ code: number, message }) => (number ? `${message} (${number})` : message)).join('; ')
  return { code, detail: (said || detail || title).slice(0, 1000) }
}

function rayOf(error: unknown): string | undefined {
  return error instanceof ProblemError ? error.problem.ray : undefined
}
