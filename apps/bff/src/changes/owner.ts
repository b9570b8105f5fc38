import type { KeyResult, ManyResult, OutcomeAnswer, TunnelVersion } from '@tunnel-console/shared/api'
import { createAddresses } from '../addresses/addresses.ts'
import { createHeadLog } from '../audit/head.ts'
import { createRefusals } from '../audit/refusals.ts'
import { createAuditStore } from '../audit/store.ts'
import { createCloudflareClient } from '../cloudflare/client.ts'
import { withFreshReads, withHonestReads } from '../cloudflare/fresh-reads.ts'
import type { Deps } from '../deps.ts'
import { callsOf } from '../handoffs/calls.ts'
import { createHandoffs } from '../handoffs/handoffs.ts'
import { createStates } from '../history/states.ts'
import { createLimits } from '../http/limits.ts'
import { describe } from '../http/on-error.ts'
import type { CheckRequest } from '../jobs/check.ts'
import type { NewJob } from '../jobs/create.ts'
import type { SteerRequest } from '../jobs/jobs.ts'
import { createCallCounts } from '../metrics/calls.ts'
import { createMeasure } from '../metrics/measure.ts'
import { createPlanned } from '../planned/planned.ts'
import { createObserver } from '../readings/observer.ts'
import type { View } from '../readings/prepared.ts'
import { createRecentWrites } from '../readings/recent-writes.ts'
import { createTunnelReadings } from '../readings/tunnels.ts'
import { createViews, type ViewName } from '../readings/views.ts'
import { createSettings } from '../settings/store.ts'
import { createDueTimes } from '../undo/due.ts'
import { createUndoStore } from '../undo/store.ts'
import type { Chooser } from '../undo/undos.ts'
import { versionsOf } from '../versions/of.ts'
import { createVersions } from '../versions/versions.ts'
import { createWebhooks } from '../webhooks/webhooks.ts'
import { type Answered, asValue } from './answered.ts'
import { createCallers } from './callers.ts'
import type { Change, ChangeOf, Facts } from './change.ts'
import { createGuarded } from './guarded.ts'
import { createIntents } from './intents.ts'
import type { Answers } from './kind.ts'
import type { ManyRequest } from './many.ts'
import { createOnce } from './once.ts'
import { createOutcome } from './outcome.ts'
import { createOutsideLog } from './outside.ts'
import { createPreview, type Preview } from './preview.ts'
import { recover } from './recover.ts'
import type { Outcome, Request } from './request.ts'
import { createResetSandbox } from './reset-sandbox.ts'
import type { Room } from './room.ts'
import { createRun } from './run.ts'
import { createSeal } from './seal.ts'
import type { KeysRequest } from './set-keys.ts'
import { createSettle } from './settle.ts'
import { createTicks } from './ticks.ts'
import { createTurns } from './turns.ts'
import { createWatch } from './watch.ts'

export type Owner = ReturnType<typeof createOwner>

/**
 * The one owner of an account's changes and of the copy that many people watch: whatever must not exist twice is behind
 * these calls. Plain data goes in and out, and a problem is a value, so that the owner may live in another process, such as
 * a Durable Object. On Node it lives in ours.
 */
export function createOwner(deps: Deps) {
  const calls = createCallCounts()
  const client = createCloudflareClient(deps.upstream, { ...deps, onEnd: calls.count })
  const recent = createRecentWrites(deps)
  const honest = withHonestReads(client, recent)
  const tunnels = createTunnelReadings(client, recent, deps)
  const audit = createAuditStore(deps)
  const versions = createVersions(deps)
  const outside = createOutsideLog(audit, versions, deps)
  const settings = createSettings(deps, audit)
  const planned = createPlanned({ audit, tunnels, deps })
  const states = createStates({ client, tunnels, audit, settings, planned, deps })
  const { status, history } = states
  const due = createDueTimes(deps)
  const undoStore = createUndoStore(deps, due)
  const intents = createIntents(deps)
  const seal = createSeal(deps.authSecret)
  const settle = createSettle({ audit, intents, seal, tunnels, outside, undos: undoStore, versions, deps })
  const watch = createWatch({ client: honest, seal, settle, deps })
  const refusals = createRefusals(audit, tunnels.nameOf, deps.monotonic)
  const head = createHeadLog({ audit, log: deps.log }, deps.monotonic)
  const views = createViews({ client, tunnels, recent, status, deps })
  // The copy knows most names; where it does not, Cloudflare is asked.
  const nameOf = async (id: string) => tunnels.nameOf(id) || (await views.tunnel(id)).tunnel.name
  const handoffs = createHandoffs({ audit, nameOf, deps })
  const addresses = createAddresses({ client, tunnels, settings, deps })
  const webhooks = createWebhooks({ audit, seal, onTransition: states.calls.onTransition, deps })
  const running = new Set<Promise<unknown>>()
  const active = new Set<Facts>()
  let noticing = Promise.resolve()
  let isReady = true
  let listReadings = 0

  const room: Room = {
    client,
    honest,
    fresh: withFreshReads(honest, deps),
    audit,
    intents,
    seal,
    settle,
    tunnels,
    turns: createTurns(),
    watch,
    undos: undoStore,
    statesOf(tunnel) {
      const { state, bgp } = status.of(tunnel)
      return { state, bgp: bgp?.state ?? null }
    },
    guarded: createGuarded(settings.read),
    limits: createLimits(deps),
    questions: createLimits(deps),
    deps,
    recent,
    isReady: () => isReady,
    remembered: () => tunnels.list.peek()?.value.tunnels ?? [],
    sees(tunnel) {
      const before = tunnels.saw(tunnel)
      const [underWay, waiting] = [[...active], watch.waiting()]
      if (before) notice(() => outside.compared(before, [tunnel], underWay, waiting))
    },
    enter(facts) {
      if (facts.tunnelId !== null && facts.version !== null) recent.sends(facts.tunnelId, facts.version)
      active.add(facts)
      return () => active.delete(facts)
    },
    unforeseen: (error, requestId) =>
      deps.log({ level: 'error', event: 'change.failed', requestId, cause: describe(error) }),
  }
  const once = createOnce(room)
  const runChange = createRun(room, once.once)
  const askOutcome = createOutcome(intents, once)
  const { setKeys, runMany, undos, jobs, jobStore, runner, ends } = createCallers({
    room,
    once: once.once,
    run: runChange,
    undoStore,
    due,
    observer: createObserver({ tunnels, status, listReading: () => listReadings }),
    deps,
  })
  const tickUndos = () => underWay(undos.tick())
  const preview = createPreview(room)
  const resetSandbox = createResetSandbox({ audit, settle, tunnels, status, deps })

  // One reading after the other, each held against the changes that were under way when it came.
  tunnels.onReading((after, before) => {
    listReadings++
    const [underWay, waiting] = [[...active], watch.waiting()]
    notice(async () => {
      const settled = await watch.noticed(after)
      if (before) await outside.compared(before, after, [...underWay, ...settled], waiting)
    })
  })

  /** Something that a stop waits for. Goes on though whoever asked has gone. */
  function underWay<T>(work: Promise<T>): Promise<T> {
    running.add(work)
    deps.background(work)
    return work.finally(() => running.delete(work))
  }

  function notice(work: () => Promise<void>): void {
    noticing = noticing.then(work).catch((error: unknown) => room.unforeseen(error, 'poll'))
    deps.background(noticing)
  }

  return {
    audit,
    refusals,
    settings,
    addresses,
    planned,
    webhooks,
    measure: createMeasure({ tunnels, status, client, calls, deps }),

    /** A prepared answer that many share, or "you have it already". */
    view: (name: ViewName, reader: Parameters<typeof views.view>[1]): Promise<Answered<View>> =>
      asValue(views.view(name, reader)),
    ready: views.ready,
    first: views.first,

    /** Reads through to Cloudflare for one reader. */
    tunnel: (id: string) => asValue(views.tunnel(id)),
    routesOf: (id: string) => asValue(views.routesOf(id)),
    /** How tunnels stand from close by, and stood. */
    states: states.calls,
    accountName: () => views.accountName(),
    connection: views.connection,
    /** Whether a tunnel still is this version, as far as the console knows. */
    isStill: views.isStill,

    /** Takes a change through its stops. */
    run<C extends Change>(request: Request<C>): Promise<Outcome<Answers[C['kind']]>> {
      // A kind answers what `Answers` says of it.
      return underWay(runChange(request) as Promise<Outcome<Answers[C['kind']]>>)
    },

    /** Takes many updates through their stops, and tells in the order asked how each fared. */
    updateMany: (request: ManyRequest): Promise<Answered<ManyResult[]>> => underWay(asValue(runMany(request))),

    /** Sets the keys of many tunnels, each by a change of its own. */
    setKeys: (request: KeysRequest): Promise<Answered<KeyResult[]>> => underWay(asValue(setKeys(request))),

    /** Batches of changes that go on by themselves. */
    jobs: {
      list: (tunnelId?: string) => asValue(jobs.list(tunnelId)),
      get: (id: string) => asValue(jobs.get(id)),
      create: (job: NewJob) => asValue(jobs.create(job)),
      steer: (wish: SteerRequest) => asValue(jobs.steer(wish)),
      check: (asked: CheckRequest) => underWay(asValue(jobs.check(asked))),
    },

    /** Keys left for somebody at the far end. */
    handoffs: callsOf(handoffs),

    /** What became of a change; closes a key under which nothing has arrived. */
    outcome: (userId: string, key: string): Promise<Answered<OutcomeAnswer>> => asValue(askOutcome(userId, key)),

    /** What a change would do to the tunnel as it is this moment. Throws nothing: a conflict is a value. */
    preview: (change: ChangeOf<'update'>, userId: string): Promise<Answered<Preview>> =>
      asValue(preview(change, userId)),

    /** `tick` and `minute`: all that time causes, and as much of it as a process can do that lives for a moment. */
    ...createTicks({
      tunnels,
      status,
      watch,
      settle,
      outside,
      refusals,
      head,
      views,
      handoffs,
      undos: { ...undos, tick: tickUndos },
      runner,
      webhooks,
      states,
      tidied: [intents, versions, undoStore, jobStore, addresses, history, planned, webhooks],
      deps,
    }),

    /** Becomes the owner and settles what a former process left. Until then no write is taken. Node only. */
    async start(): Promise<void> {
      isReady = false
      const left = await recover(room)
      if (left > 0) deps.log({ level: 'info', event: 'recovered', changes: left })
      isReady = true
      // What came due while nobody was there does not wait for the first tick.
      deps.background(tickUndos())
      await ends.start()
    },

    /** Jobs and undos begin nothing from now on: the process is about to stop, and the next one goes on with them. */
    hold(): void {
      runner.hold()
      undos.hold()
    },

    /** Reads everything anew, and acts on what it shows. */
    async refresh(): Promise<void> {
      await Promise.all([tunnels.list.refresh(), status.health.refresh()])
      await Promise.all([noticing, states.idle()])
    },

    /** Changes that undo themselves: those under way, and those that ended within a day. */
    undos: undos.view,
    keepChange: (group: string, chooser: Chooser) => asValue(undos.keep(group, chooser)),
    async undoNow(group: string, chooser: Chooser): Promise<Answered<void>> {
      const answer = await asValue(undos.undoNow(group, chooser))
      if ('ok' in answer) deps.background(tickUndos())
      return answer
    },

    /** What a tunnel was before and after each change of it, newest first; of one that is gone, too. */
    versionsOf: (id: string): Promise<Answered<TunnelVersion[]>> =>
      asValue(versionsOf({ versions, tunnels, client }, id)),

    hasList: async () => (tunnels.list.peek() ?? (await tunnels.list.readSoon(1000))) !== null,

    /** Puts the sandbox back to its seed, with an audit entry as for any change. */
    resetSandbox: (author: Request['author'], requestId: string) => asValue(resetSandbox(author, requestId)),

    /** Resolves when no change is under way: a stop waits for it. */
    async idle(): Promise<void> {
      await Promise.all([runner.idle(), Promise.allSettled(running)])
      while (running.size > 0) await Promise.allSettled(running)
      // What a poll set going is no write: a stop does not wait long for it.
      await Promise.race([noticing, new Promise((resolve) => setTimeout(resolve, 1000))])
    },

    /** Writes down what is only counted so far: before a stop. */
    async flush(): Promise<void> {
      await refusals.flush({ isStopping: true })
      await settle.retry()
      await head.flush()
    },
  }
}
