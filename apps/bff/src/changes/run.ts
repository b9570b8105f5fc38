import { can } from '@tunnel-console/shared/access'
import { type Problem, ProblemError, problemOf } from '@tunnel-console/shared/problem'
import type { Settlement } from '../audit/store.ts'
import { Ambiguous } from '../cloudflare/ambiguous.ts'
import type { WireTunnel } from '../cloudflare/client.ts'
import { StorageUnavailable } from '../storage/unavailable.ts'
import { writtenTunnel } from './answers.ts'
import type { Change, Facts } from './change.ts'
import type { Done, Kind, Plan, Yes } from './kind.ts'
import { kindOf } from './kinds.ts'
import { doneOf, type Look, lookAtCloudflare } from './look.ts'
import type { KeyOf, Once } from './once.ts'
import { recoverOne } from './recover.ts'
import type { Outcome, Request } from './request.ts'
import type { Room } from './room.ts'
import type { Begun } from './settle.ts'

/** Pauses before each look while somebody waits for the answer, in milliseconds (U23). */
const looks = [0, 500, 1000, 2000]

/** Pauses before each repeat of what may be repeated, in milliseconds. */
const repeats = [500, 1000, 2000]

/** Longer than any request with its looks may take by its limits: who holds a lock longer than this has died. */
const abandonedMs = 180_000

/**
 * Takes a change through its stops: permission, intent, turn, fresh read and version check, the request, which goes out
 * once, and its end, written down: applied, refused, or not known and watched until it is. Never throws.
 */
export function createRun(room: Room, once: Once) {
  const { audit, intents, turns, watch, settle, seal, client, honest, fresh, limits, deps } = room

  async function run(request: Request): Promise<Outcome> {
    const kind = kindOf(request.change)
    const role = request.author.role
    // The system itself has no role; it only ever repeats what a person was allowed.
    if (role !== null && !can(role, kind.permission)) return problem(ProblemError.of('forbidden'))
    try {
      if (request.isDryRun) return await dryRun(kind, request)
      if (!room.isReady()) throw ProblemError.of('starting', { retryAfter: 2 })
      return await once(request, (key) => allowed(kind, request, key))
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof StorageUnavailable))
        room.unforeseen(error, request.requestId)
      return problem(error instanceof StorageUnavailable ? notSent(error) : error)
    }
  }

  /** One person may not spend what Cloudflare allows the whole account (S61). A repeat that is only told costs nothing. */
  async function allowed(kind: Kind, request: Request, key: KeyOf): Promise<Outcome> {
    if (request.isPaced) return carryOut(kind, request, key)
    const retryAfter = limits.take(request.author.id, request.change.kind === 'generate-key' ? 'key' : 'change')
    if (retryAfter === null) return carryOut(kind, request, key)
    throw tooFast(retryAfter)
  }

  /** The same way up to the request, which then only asks. */
  async function dryRun(kind: Kind, request: Request): Promise<Outcome> {
    const { change, author, requestId, secret } = request
    const retryAfter = request.isPaced ? null : room.questions.take(author.id, 'change')
    if (retryAfter !== null) throw tooFast(retryAfter)
    const id = await audit.begin({ ...entryOf(kind, request), validateOnly: true })
    const begun = { id, change, lock: '', author, requestId }
    let plan: Plan | undefined
    try {
      plan = await kind.read(fresh, change, [], secret)
      await kind.send(client, change, plan, true)
    } catch (error) {
      return { kind: 'problem', problem: await settle.question(begun, toldOf(plan), error) }
    }
    await settle.question(begun, toldOf(plan), null)
    return { kind: 'valid', answer: { valid: true, checkedAt: deps.now().toISOString() } }
  }

  async function carryOut(kind: Kind, request: Request, key: KeyOf) {
    const { change, author, requestId } = request
    const lock = kind.lock(change)
    const sealed = await seal.change(change)
    const begun = { id: crypto.randomUUID(), change: sealed, lock, author, requestId }
    const intent = { ...key, userId: author.id, lock, change: sealed, author, requestId }
    const entry = { ...entryOf(kind, request), id: begun.id, validateOnly: false }
    try {
      await audit.begin(entry, [intents.insert(begun.id, intent)])
    } catch (cause) {
      throw cause instanceof ProblemError ? cause : ProblemError.of('audit-unavailable', {}, { cause })
    }
    try {
      return await turns(lock, () => inTurn(kind, request, begun))
    } catch (error) {
      // Only what is thrown before the request was sent comes here.
      const before = notSent(error)
      if (before.problem.code === 'not-sent') room.unforeseen(error, requestId)
      await settle.ended(begun, before)
      return problem(before)
    }
  }

  async function inTurn(kind: Kind, request: Request, begun: Begun): Promise<Outcome> {
    const { change, secret } = request
    const supersede = await watch.clear(begun.lock)
    const plan = await kind.read(fresh, change, room.remembered(), secret)
    if (plan.seen) room.sees(plan.seen)
    if (plan.already) return applied(begun, await doneAlready({ ...plan, already: plan.already }))
    const facts = await seal.facts(plan.facts)
    const leave = room.enter(plan.facts)
    try {
      if (!(await claim(begun, facts))) throw ProblemError.of('busy', { retryAfter: 2 })
      // Nothing is awaited between the row and the request.
      const sent = kind.send(client, change, plan, false)
      void supersede()
      return await sentOnce(kind, change, begun, plan, facts, sent)
    } finally {
      leave()
    }
  }

  /** The last line before the request. A row that another process left behind when it died must not block for ever. */
  async function claim(begun: Begun, facts: Facts): Promise<boolean> {
    try {
      return await intents.sending(begun.id, facts)
    } catch (error) {
      const other = await intents.holderOf(begun.lock)
      if (!other) throw error
      if (deps.now().getTime() - (other.sentAt ?? 0) < abandonedMs) throw ProblemError.of('busy', { retryAfter: 2 })
      await recoverOne(room, other)
      return intents.sending(begun.id, facts)
    }
  }

  async function sentOnce(
    kind: Kind,
    change: Change,
    begun: Begun,
    plan: Plan,
    facts: Facts,
    sent: Promise<Yes | null>,
  ): Promise<Outcome> {
    try {
      const yes = await sent
      if (!yes) throw new TypeError('Only a dry run has no answer')
      return applied(begun, await kind.confirm(fresh, change, plan, yes))
    } catch (error) {
      if (error instanceof ProblemError) return problem(error, await settle.ended(begun, error, toldOf(plan)))
      if (!(error instanceof Ambiguous)) room.unforeseen(error, begun.requestId)
      const yes = kind.isRepeatable ? await repeated(kind, change, begun, plan) : null
      if (yes) return applied(begun, await kind.confirm(fresh, change, plan, yes))
      return resolve(kind, begun, plan, facts, error)
    }
  }

  /** The same once more, by whoever still is the one to send it. Only a clear yes tells: the lost one may have come through. */
  async function repeated(kind: Kind, change: Change, { id }: Begun, plan: Plan): Promise<Yes | null> {
    for (const pause of repeats) {
      await deps.pause(pause)
      if (!(await intents.isSending(id).catch(() => false))) return null
      const yes = await kind.send(client, change, plan, false).catch(() => null)
      if (yes) return yes
    }
    return null
  }

  /** Looks for a few seconds what became of a change whose answer was lost; longer than that, the watch does. */
  async function resolve(kind: Kind, begun: Begun, plan: Plan, facts: Facts, error: unknown): Promise<Outcome> {
    let seen: Look | null = null
    for (const pause of looks) {
      await deps.pause(pause)
      const look = await lookAtCloudflare(honest, seal, begun.change, facts).catch(() => null)
      if (look?.finding.fate === 'applied')
        return applied(begun, await doneOf(facts, { ...look, finding: look.finding }))
      seen = look ?? seen
      if (look?.finding.fate === 'lost') break
    }
    const ray = error instanceof Ambiguous ? error.because.problem.ray : undefined
    const detail = kind.lost(facts, seen?.tunnel ?? null)
    const unknown = ProblemError.of('outcome-unknown', { detail, ...(ray !== undefined && { ray }) }, { cause: error })
    if (seen?.finding.fate === 'lost') {
      settle.saw(seen.tunnel)
      return problem(unknown, await settle.ended(begun, unknown, toldOf(plan)))
    }
    watch.add(begun, facts)
    return problem(unknown, await settle.unknown(begun, unknown, toldOf(plan)))
  }

  async function applied(begun: Begun, done: Done): Promise<Outcome> {
    await settle.applied(begun, done)
    return { kind: 'applied', answer: done.answer }
  }

  function entryOf(kind: Kind, { change, author: actor, requestId, reason }: Request) {
    const target =
      change.kind === 'create'
        ? { id: null, name: change.input.name }
        : { id: change.tunnelId, name: room.tunnels.nameOf(change.tunnelId) }
    return { actor, requestId, reason, action: kind.action, target, changes: [] }
  }

  return run
}

function tooFast(retryAfter: number): ProblemError {
  return ProblemError.of('rate-limited', {
    retryAfter,
    detail: 'You ask for changes faster than the console lets through.',
  })
}

function problem(error: unknown, told: Problem = problemOf(error)): Outcome {
  return { kind: 'problem', problem: told }
}

/** What the audit log is told of a change that was planned, however it ends. */
function toldOf(plan: Plan | undefined): Partial<Settlement> {
  return plan ? { target: plan.target, changes: plan.changes } : {}
}

/** The tunnel is as it should be: nothing was sent, and that is success. */
async function doneAlready({ target, already }: Plan & { already: WireTunnel }): Promise<Done> {
  const answer = await writtenTunnel(already)
  return { target, answer, ours: [], outside: [], tunnel: answer.tunnel, ray: undefined }
}

/** An error from before the request was sent. */
function notSent(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof StorageUnavailable)
    return ProblemError.of('storage-unavailable', { retryAfter: 2 }, { cause: error })
  const detail = 'Something went wrong in the console before anything was sent.'
  return ProblemError.of('not-sent', { detail }, { cause: error })
}
