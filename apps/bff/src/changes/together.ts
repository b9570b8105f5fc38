import { can } from '@tunnel-console/shared/access'
import { maskChanges } from '@tunnel-console/shared/diff'
import { ProblemError, problemOf } from '@tunnel-console/shared/problem'
import type { Settlement } from '../audit/store.ts'
import { Ambiguous } from '../cloudflare/ambiguous.ts'
import type { CloudflareClient, WireTunnel } from '../cloudflare/client.ts'
import { withOneList } from '../cloudflare/fresh-reads.ts'
import { refusalOf } from '../cloudflare/refusal-of.ts'
import type { Facts } from './change.ts'
import type { Done, Plan } from './kind.ts'
import { doneOf, type Look, lookAtCloudflare, lookPauses } from './look.ts'
import type { UpdateRequest } from './many.ts'
import type { KeyOf, Once } from './once.ts'
import type { Outcome } from './request.ts'
import type { Room } from './room.ts'
import { doneAlready, entryOf, notSent, storyOf, toldOf } from './run.ts'
import type { Begun } from './settle.ts'
import { updateTunnel as kind } from './update.ts'

/** A replica may lag behind what Cloudflare did before it refused. */
const afterRefusalMs = 1000

/** One tunnel of the request, with its own intent and audit entry. */
interface Part {
  request: UpdateRequest
  begun: Begun
  end: (outcome: Outcome) => void
  hasEnded: boolean
}

interface Planned extends Part {
  plan: Plan
  facts: Facts
}

/**
 * Updates many tunnels in one request to Cloudflare, all of them or none. Each has its own intent, its own turn, its own
 * version check and its own end; only the request is one. Whatever stands in the way of one before it is sent, holds all
 * back. A lost answer is settled tunnel by tunnel, and so is what a killed process leaves. Never throws.
 */
export function createTogether(room: Room, once: Once) {
  const { audit, client, fresh, honest, intents, recent, seal, settle, turns, watch, deps } = room

  async function together(requests: UpdateRequest[]): Promise<Outcome[]> {
    const places = requests.map((request) => ({
      request,
      arrival: Promise.withResolvers<KeyOf>(),
      ending: Promise.withResolvers<Outcome>(),
    }))
    const outcomes = places.map(({ request, arrival, ending }) =>
      permitted(request)
        .then(() =>
          once(request, (key) => {
            arrival.resolve(key)
            return ending.promise
          }),
        )
        .catch((error: unknown): Outcome => ({ kind: 'problem', problem: problemOf(error) })),
    )
    // Whoever is told a recorded end does not come: then this request is no longer the whole that was asked for.
    const keys = await Promise.all(
      places.map(({ arrival }, index) => Promise.race([arrival.promise, outcomes[index]?.then(() => null) ?? null])),
    )
    const present = places.flatMap(({ request, ending }, index) => {
      const key = keys[index]
      return key ? [{ request, key, end: ending.resolve }] : []
    })
    if (present.length === places.length) await carryOut(present)
    else
      for (const { end } of present) end({ kind: 'problem', problem: heldBack('This was asked for before.').problem })
    return Promise.all(outcomes)
  }

  async function permitted({ author }: UpdateRequest): Promise<void> {
    if (author.role !== null && !can(author.role, kind.permission)) throw ProblemError.of('forbidden')
    if (!room.isReady()) throw ProblemError.of('starting', { retryAfter: 2 })
  }

  async function carryOut(wanted: (Pick<Part, 'request' | 'end'> & { key: KeyOf })[]): Promise<void> {
    const parts: Part[] = []
    try {
      for (const one of wanted) parts.push(await begin(one))
      const locks = parts.map(({ begun }) => begun.lock).toSorted()
      await inTurns(locks, () => inTurn(parts))
    } catch (error) {
      if (!(error instanceof ProblemError)) room.unforeseen(error, wanted[0]?.request.requestId ?? '')
      const before = notSent(error)
      for (const part of parts) if (!part.hasEnded) await ended(part, before)
      for (const { end } of wanted) end({ kind: 'problem', problem: before.problem })
    }
  }

  async function begin({ request, key, end }: Pick<Part, 'request' | 'end'> & { key: KeyOf }): Promise<Part> {
    const { change, author, requestId } = request
    const [lock, sealed, id] = [kind.lock(change), await seal.change(change), crypto.randomUUID()]
    const intent = { ...key, userId: author.id, lock, change: sealed, author, requestId }
    const entry = { ...entryOf(room, kind, request), id, validateOnly: false }
    await audit.begin(entry, [intents.insert(id, intent)])
    return { request, begun: { id, change: sealed, lock, author, requestId }, end, hasEnded: false }
  }

  /** All turns, in one order for everybody, so that two such requests cannot wait for each other. */
  function inTurns([first, ...rest]: string[], work: () => Promise<void>): Promise<void> {
    return first === undefined ? work() : turns(first, () => inTurns(rest, work))
  }

  async function inTurn(parts: Part[]): Promise<void> {
    const supersedes: (() => Promise<void>)[] = []
    const reads = withOneList(fresh, recent)
    const looked = await Promise.all(
      parts.map(async (part) => {
        try {
          supersedes.push(await watch.clear(part.begun.lock))
          const plan = await kind.read(reads, part.request.change, [])
          if (plan.seen) room.sees(plan.seen)
          return { part, plan }
        } catch (error) {
          return { part, error }
        }
      }),
    )
    const failed = looked.flatMap((one) => ('error' in one ? [one] : []))
    if (failed.length > 0) {
      for (const { part, error } of failed) await ended(part, notSent(error))
      const because = heldBack(`${failed.length} of ${parts.length} could not be changed, so nothing was sent.`)
      for (const one of looked) if ('plan' in one && one.plan) await ended(one.part, because, one.plan)
      return
    }
    await sendAll(
      looked.flatMap(({ part, plan }) => (plan ? [{ part, plan }] : [])),
      supersedes,
    )
  }

  async function sendAll(all: { part: Part; plan: Plan }[], supersedes: (() => Promise<void>)[]): Promise<void> {
    const moving: Planned[] = []
    for (const { part, plan } of all) {
      if (plan.already) await applied(part, await doneAlready({ ...plan, already: plan.already }))
      else moving.push(Object.assign(part, { plan, facts: await seal.facts(plan.facts) }))
    }
    if (moving.length === 0) return
    const leaves = moving.map(({ plan }) => room.enter(plan.facts))
    try {
      const rows = moving.map(({ begun, facts }) => ({ id: begun.id, facts }))
      if (!(await intents.sendingTogether(rows))) throw ProblemError.of('busy', { retryAfter: 2 })
      // Nothing is awaited between the rows and the request.
      const sent = client.updateTunnels(moving.map(({ plan }) => ({ ...plan.body, id: plan.facts.tunnelId })))
      for (const supersede of supersedes) void supersede()
      await settleAll(moving, sent).catch((error: unknown) => lostAll(moving, error))
    } finally {
      for (const leave of leaves) leave()
    }
  }

  async function settleAll(parts: Planned[], sent: ReturnType<typeof client.updateTunnels>): Promise<void> {
    try {
      const { wires, ray } = await sent
      const reads = withOneList(fresh, recent)
      const unclear = await Promise.all(
        parts.map((part) =>
          confirm(
            part,
            wires.find(({ id }) => id === part.facts.tunnelId),
            ray,
            reads,
          ),
        ),
      )
      await lookAtAll(
        unclear.flatMap((one) => one ?? []),
        undefined,
      )
    } catch (error) {
      if (error instanceof ProblemError) return refusedAll(parts, error)
      if (!(error instanceof Ambiguous)) room.unforeseen(error, parts[0]?.begun.requestId ?? '')
      await lookAtAll(parts, error)
    }
  }

  /** Gives the tunnel back where Cloudflare's yes does not tell what became of it. */
  async function confirm(
    part: Planned,
    wire: WireTunnel | undefined,
    ray: string | undefined,
    reads: CloudflareClient,
  ) {
    if (!wire) return part
    try {
      await applied(part, await kind.confirm(reads, part.request.change, part.plan, { wire, ray }))
      return null
    } catch {
      return part
    }
  }

  /**
   * Cloudflare names by their number the tunnels that it minds; the others are held back by them. That a refusal of one
   * leaves all as they were is documented nowhere, so each is looked at before it is told.
   */
  async function refusedAll(parts: Planned[], error: ProblemError): Promise<void> {
    const reads = withOneList(honest, recent)
    const isOfTunnels = error.problem.code === 'rejected'
    if (isOfTunnels) await deps.pause(afterRefusalMs)
    for (const [index, part] of parts.entries()) {
      const own = refusalOf(error, index)
      const detail = 'Cloudflare refused another tunnel of the request, and this one was not changed.'
      const isSeen = !isOfTunnels || (await look(part, reads))
      if (!isSeen) await unknown(part, error)
      else if (!part.hasEnded) await ended(part, own ?? heldBack(detail, error), part.plan)
    }
  }

  /** Looks at one, and tells it as applied where it is. Answers whether it could be seen. */
  async function look(part: Planned, reads: CloudflareClient): Promise<boolean> {
    const seen = await lookAtCloudflare(reads, seal, part.begun.change, part.facts).catch((): Look | null => null)
    if (seen?.finding.fate === 'applied')
      await applied(part, await doneOf(part.facts, { ...seen, finding: seen.finding }))
    return seen !== null
  }

  /** Looks for a few seconds what became of each; longer than that, the watch does. One list a round. */
  async function lookAtAll(parts: Planned[], error: unknown): Promise<void> {
    let open = parts.filter(({ hasEnded }) => !hasEnded)
    for (const pause of open.length > 0 ? lookPauses : []) {
      await deps.pause(pause)
      const reads = withOneList(honest, recent)
      for (const part of open) await look(part, reads)
      open = open.filter(({ hasEnded }) => !hasEnded)
    }
    for (const part of open) await unknown(part, error)
  }

  /** Once it has left, nobody may say that it was not sent. */
  async function lostAll(parts: Planned[], error: unknown): Promise<void> {
    room.unforeseen(error, parts[0]?.begun.requestId ?? '')
    for (const part of parts) if (!part.hasEnded) await unknown(part, error)
  }

  async function unknown(part: Planned, cause: unknown): Promise<void> {
    const error = ProblemError.of('outcome-unknown', { detail: kind.lost(part.facts, null) }, { cause })
    watch.add(part.begun, part.facts)
    finish(part, { kind: 'problem', problem: await settle.unknown(part.begun, error, toldOf(part.plan)) }, part.plan)
  }

  async function applied(part: Part, done: Done): Promise<void> {
    await settle.applied(part.begun, done)
    const changes = maskChanges(done.ours)
    finish(part, { kind: 'applied', answer: done.answer, changes })
  }

  async function ended(part: Part, error: ProblemError, plan?: Plan): Promise<void> {
    const told: Partial<Settlement> = toldOf(plan)
    finish(part, { kind: 'problem', problem: await settle.ended(part.begun, error, told) }, plan)
  }

  function finish(part: Part, outcome: Outcome, plan?: Plan): void {
    part.hasEnded = true
    part.end({ ...storyOf(part.begun, plan), ...outcome })
  }

  return together
}

function heldBack(detail: string, cause?: unknown): ProblemError {
  return ProblemError.of('held-back', { detail }, { cause })
}
