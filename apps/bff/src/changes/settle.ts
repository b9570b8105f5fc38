import type { AuditOutcome } from '@tunnel-console/shared/audit-outcome'
import { fateOf } from '@tunnel-console/shared/fate'
import { type Fate, type Problem, type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { BatchItem } from 'drizzle-orm/batch'
import type { AuditStore, Settlement } from '../audit/store.ts'
import { causesOf } from '../cloudflare/causes.ts'
import type { Deps } from '../deps.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { UndoStore } from '../undo/store.ts'
import type { Versions } from '../versions/versions.ts'
import type { Author, Change, Facts } from './change.ts'
import type { Intents, Recorded } from './intents.ts'
import type { Answer, Done } from './kind.ts'
import type { OutsideLog } from './outside.ts'
import type { Seal } from './seal.ts'

/** A change that has its audit entry: the entry's id, and what a later settlement must know. */
export interface Begun {
  id: string
  change: Change
  lock: string
  author: Author
  requestId: string
}

export interface SettleServices {
  audit: AuditStore
  intents: Intents
  seal: Seal
  tunnels: TunnelReadings
  outside: OutsideLog
  undos: Pick<UndoStore, 'afterApplied' | 'afterEnded'>
  versions: Pick<Versions, 'ofChange'>
  deps: Pick<Deps, 'log' | 'now'>
}

export type Settle = ReturnType<typeof createSettle>

const outcomes: Record<Fate, Exclude<AuditOutcome, 'pending'>> = {
  refused: 'rejected',
  conflict: 'conflict',
  gone: 'rejected',
  unchanged: 'failed',
  unknown: 'unknown',
}

/**
 * Writes down how a change ended: audit line and stored change in one commit, the snapshot beside them. A database that
 * fails now must not take the answer, which may be a key, from its person: what could not be written is tried again later.
 */
export function createSettle({ audit, intents, seal, tunnels, outside, undos, versions, deps }: SettleServices) {
  /** What the database refused, by entry: the newest settlement of each. */
  const late = new Map<string, () => Promise<void>>()
  const newest = new Map<string, symbol>()

  async function commit(id: string, settlement: Settlement, also: readonly BatchItem<'sqlite'>[] = []): Promise<void> {
    const write = () => audit.settle(id, settlement, also)
    const mark = Symbol()
    newest.set(id, mark)
    late.delete(id)
    try {
      await write()
    } catch {
      // An older settlement must never be written over one that came after it.
      if (newest.get(id) === mark) late.set(id, write)
      deps.log({ level: 'error', event: 'audit.unsettled', auditId: id, outcome: settlement.outcome })
    }
    if (newest.get(id) === mark && !late.has(id)) newest.delete(id)
  }

  return {
    /** `facts`: what it was sent with; `null` when nothing was, since the tunnel was so already. */
    async applied(begun: Begun, done: Done, facts: Facts | null): Promise<void> {
      const { id } = begun
      const { target, ours, ray } = done
      tunnels.wrote(
        target.id,
        isKey(done.answer) ? { keyDate: done.answer.psk_metadata.last_generated_on } : done.tunnel,
      )
      const recorded: Recorded = { kind: 'applied', answer: await keepable(seal, done.answer) }
      const follows = facts ? [...undos.afterApplied(begun, done), ...versions.ofChange(begun, done, facts)] : []
      await commit(id, { outcome: 'applied', changes: ours, target, ray }, [intents.settled(id, recorded), ...follows])
      if (done.outside.length > 0) await outside.changed(target, done.outside, done.tunnel)
    },

    /** It is certain that nothing happened, or that nothing more can be learnt. */
    async ended(begun: Begun, error: unknown, told: Partial<Settlement> = {}): Promise<Problem> {
      const { problem } = known(error)
      const recorded: Recorded = { kind: 'problem', problem: brief(problem) }
      const follows = undos.afterEnded(begun.id, problem)
      await commit(begun.id, { ...told, ...failureOf(error) }, [intents.settled(begun.id, recorded), ...follows])
      return problem
    },

    /** A tunnel as a look showed it, which counts from now on: what differs from before is not somebody else's doing. */
    saw: (tunnel: Tunnel | null) => tunnel && tunnels.wrote(tunnel.id, tunnel),

    /** How a dry run ended. Nothing is stored of it but this line. */
    async question({ id }: Begun, told: Partial<Settlement>, error: unknown): Promise<Problem> {
      const settlement: Settlement = error === null ? { ...told, outcome: 'valid' } : { ...told, ...failureOf(error) }
      await commit(id, settlement)
      return known(error).problem
    },

    /** The answer was lost, and nobody knows yet: the change stays watched. */
    async unknown(begun: Begun, error: ProblemError, told: Partial<Settlement> = {}): Promise<Problem> {
      const { problem } = error
      tunnels.unsure()
      deps.log({
        level: 'warn',
        event: 'outcome-unknown',
        auditId: begun.id,
        requestId: begun.requestId,
        causes: causesOf(error),
      })
      const settlement = { ...told, outcome: 'unknown' as const, problem: toldOf(error), ray: problem.ray }
      await commit(begun.id, settlement, [intents.watching(begun.id, brief(problem))])
      return problem
    },

    /** An entry without a stored change behind it. */
    plain: (id: string, settlement: Settlement) => commit(id, settlement),

    /** Another change goes over it now: from here on nothing can be a trace of it. `isTold`: its end stands already. */
    async superseded({ id }: Begun, isTold: boolean): Promise<void> {
      const detail = 'It had not appeared when the next change of this tunnel was made.'
      const { problem } = ProblemError.of('outcome-unknown', { detail })
      if (isTold) await intents.forget(id).catch(() => undefined)
      else {
        const settlement: Settlement = { outcome: 'unknown', problem: { code: problem.code, detail, causes: [] } }
        const superseded = intents.superseded(id, { kind: 'problem', problem })
        await commit(id, settlement, [superseded, ...undos.afterEnded(id, problem)])
      }
    },

    /** Tries once more what the database refused. */
    async retry(): Promise<void> {
      for (const [id, write] of [...late]) {
        const isDone = await write().then(
          () => true,
          () => false,
        )
        if (isDone && late.get(id) === write) late.delete(id)
      }
    },
  }
}

const isKey = (answer: Answer) => 'psk' in answer

/** The answer without what must not rest: a key is only "revealed", an MD5 key only its seal. */
async function keepable(seal: Seal, answer: Answer): Promise<Extract<Recorded, { kind: 'applied' }>['answer']> {
  if (isKey(answer)) return { revealed: true }
  if ('deleted' in answer) return answer
  return { ...answer, tunnel: await seal.tunnel(answer.tunnel) }
}

/** Cloudflare itself said no, though not because of what was asked. */
const refusals: readonly string[] = ['upstream-unauthorized', 'upstream-rate-limited'] satisfies ProblemCode[]

function failureOf(error: unknown): Settlement {
  const { problem } = known(error)
  if (problem.code === 'approval-needed') return { outcome: 'denied', problem: toldOf(error), ray: problem.ray }
  const outcome = refusals.includes(problem.code) ? 'rejected' : outcomes[fateOf(problem)]
  return { outcome, problem: toldOf(error), ray: problem.ray }
}

function known(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : ProblemError.of('internal', {}, { cause: error })
}

/** A problem as it may be kept and told again: without the tunnel that a conflict brings. */
function brief({ type, title, status, code, detail, ray, retryAfter }: Problem): Problem {
  return {
    type,
    title,
    status,
    code,
    ...(detail !== undefined && { detail }),
    ...(ray !== undefined && { ray }),
    ...(retryAfter !== undefined && { retryAfter }),
  }
}

/** What the audit log keeps of a failure: its code, Cloudflare's words or ours, and the chain of codes behind it. */
function toldOf(error: unknown): { code: string; detail: string; causes: string[] } {
  const { title, detail, code, upstream } = known(error).problem
  const said = upstream?.map(({ code: number, message }) => (number ? `${message} (${number})` : message)).join('; ')
  return { code, detail: (said || detail || title).slice(0, 1000), causes: causesOf(error) }
}
