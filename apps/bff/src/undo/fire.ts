import { consoleActor } from '@tunnel-console/shared/audit'
import { fateOf } from '@tunnel-console/shared/fate'
import type { TunnelPatch } from '@tunnel-console/shared/patch'
import type { Problem } from '@tunnel-console/shared/problem'
import type { AuditStore } from '../audit/store.ts'
import type { Author, ChangeOf } from '../changes/change.ts'
import type { Intents } from '../changes/intents.ts'
import type { Outcome, Request } from '../changes/request.ts'
import type { Deps } from '../deps.ts'
import { keyOf, type UndoRow, type UndoStore } from './store.ts'

/** Pauses after an attempt of which nothing was sent, in milliseconds; the last one is repeated. Each leaves an audit entry. */
const pauses = [2000, 5000, 10_000, 30_000, 60_000]

interface FireServices {
  store: UndoStore
  intents: Pick<Intents, 'find'>
  audit: Pick<AuditStore, 'list'>
  run: (request: Request<ChangeOf<'update'>>) => Promise<Outcome>
  deps: Pick<Deps, 'monotonic'>
}

export type Fire = ReturnType<typeof createFire>

/**
 * Writes the former values back, as an ordinary change of the console's own that names the version which the change left:
 * whatever somebody else did meanwhile is found by the version check, and stays. The key of the change is that of the
 * attempt, so that asking again, after a restart too, tells what became of it and sends nothing twice.
 */
export function createFire({ store, intents, audit, run, deps }: FireServices) {
  const waits = new Map<string, { tries: number; until: number }>()

  async function writeBack(row: UndoRow): Promise<void> {
    if (row.state === 'counting' && !(await store.begin(row))) return
    // Its answer was lost: the watch finds out, and nothing is to be asked before.
    if ((await intentOf(row))?.phase === 'watching') return rest(row, {})
    await conclude(row, await run(requestOf(row)))
  }

  async function conclude(row: UndoRow, outcome: Outcome): Promise<void> {
    if (outcome.kind !== 'problem') {
      waits.delete(row.id)
      await store.end(row.id, 'undone', 'answer' in outcome ? restOf(outcome.answer, row.why) : row.why)
      return
    }
    const { problem } = outcome
    const fate = fateOf(problem)
    if (fate === 'conflict' || fate === 'gone') await meet(row)
    else if (fate === 'refused') await store.end(row.id, 'failed', wordsOf(problem))
    else if (fate === 'unknown') await lose(row, problem)
    else if (problem.code === 'bad-request' || problem.code === 'closed') {
      await store.end(row.id, 'failed', wordsOf(problem))
    } else await wait(row, problem)
  }

  /** The tunnel is another than the change left: by somebody's hand, or by an attempt of ours that was taken for lost. */
  async function meet(row: UndoRow): Promise<void> {
    for (let attempt = 0; attempt <= row.attempt; attempt++) {
      const intent = await intentOf({ ...row, attempt })
      if (intent?.outcome?.kind === 'applied') return store.end(row.id, 'undone', row.why)
    }
    await store.end(row.id, 'blocked', await whoChanged(audit, row))
  }

  /** `outcome-unknown`: while it is watched it stays as it is. Once nobody can tell any more, nothing is written over it. */
  async function lose(row: UndoRow, problem: Problem): Promise<void> {
    const intent = await intentOf(row)
    if (intent?.phase === 'settled') await store.end(row.id, 'blocked', wordsOf(problem))
    else rest(row, problem)
  }

  /** Nothing happened: another time. A key whose request was given up for lost stays with it; the next attempt has its own. */
  async function wait(row: UndoRow, problem: Problem): Promise<void> {
    rest(row, problem)
    await store.again(row.id, problem.code === 'not-applied' ? row.attempt + 1 : row.attempt)
  }

  function rest({ id }: UndoRow, { retryAfter = 0 }: Pick<Problem, 'retryAfter'>): void {
    const tries = (waits.get(id)?.tries ?? 0) + 1
    const pause = Math.max(pauses[Math.min(tries, pauses.length) - 1] ?? 0, retryAfter * 1000)
    waits.set(id, { tries, until: deps.monotonic() + pause })
  }

  const intentOf = (row: UndoRow) => intents.find(consoleActor.id, keyOf(row))

  return {
    /** Whether it may be tried now. */
    isReady: ({ id }: UndoRow) => (waits.get(id)?.until ?? 0) <= deps.monotonic(),
    writeBack,
    /** Forgets all but these. */
    keep(ids: ReadonlySet<string>): void {
      for (const id of waits.keys()) if (!ids.has(id)) waits.delete(id)
    },
  }
}

function requestOf(row: UndoRow): Request<ChangeOf<'update'>> {
  const key = keyOf(row)
  return {
    change: {
      kind: 'update',
      tunnelId: row.tunnelId,
      version: row.version ?? '',
      patch: JSON.parse(row.patch) as TunnelPatch,
    },
    author: consoleActor,
    requestId: key,
    key,
    // Four at a time already, and nobody's allowance: what a job changed goes back as fast as it came.
    isPaced: true,
    reason: row.why ?? `Nobody kept the change by ${authorOf(row).email} within ${row.minutes} minutes.`,
  }
}

/** Who made the change that undoes itself. */
export const authorOf = ({ by }: UndoRow) => JSON.parse(by) as Author

/** Cloudflare may store another value than the former one: then the tunnel is not quite as before, and that is said. */
function restOf(answer: object, why: string | null): string | null {
  if (!('notApplied' in answer) || !Array.isArray(answer.notApplied)) return why
  return `Cloudflare stored other values than before for ${answer.notApplied.join(', ')}.`
}

function wordsOf({ title, detail, upstream }: Problem): string {
  const said = upstream?.map(({ message }) => message).join('; ')
  return (said || detail || title).slice(0, 1000)
}

/** By whom the tunnel was changed since, as far as the audit log knows: whoever it does not know was outside. */
async function whoChanged(audit: Pick<AuditStore, 'list'>, { id, tunnelId }: UndoRow): Promise<string> {
  const { entries } = await audit.list({ target: tunnelId, outcome: 'applied', validate_only: 'false', limit: 50 })
  const own = entries.findIndex((entry) => entry.id === id)
  const since = (own < 0 ? entries : entries.slice(0, own)).filter(({ action }) => /^(tunnel|psk)\./.test(action))
  const by = since.find(({ actor }) => actor.role !== null)?.actor.email
  return `${by ?? 'Somebody outside this console'} changed the tunnel since.`
}
