import type { FieldChange } from '@tunnel-console/shared/diff'
import { mostPlanned, type Planned, type PlannedInput, type PlannedWork } from '@tunnel-console/shared/planned'
import { type FieldError, ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { AuditStore, By } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import { knownNames } from '../readings/known-names.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import { plannedTunnel, plannedWork } from '../storage/schema.ts'

/** Another process may have announced something: what is remembered is read anew after so long. */
const rememberedMs = 15_000
const dayMs = 86_400_000
/** How long it is remembered that there was work. The audit log tells it for ever. */
const keepMs = 30 * dayMs
/** D1 takes at most 100 values in one statement. */
const atOnce = 30

interface PlannedServices {
  audit: Pick<AuditStore, 'record'>
  tunnels: Pick<TunnelReadings, 'list'>
  deps: Pick<Deps, 'db' | 'now' | 'monotonic'>
}

/** What statuses need to know of announced work. */
export type PlannedView = Pick<PlannedRoom, 'of' | 'refresh'>

export type PlannedRoom = ReturnType<typeof createPlanned>

/**
 * Work on tunnels that was announced. It changes no state and stops nothing: whoever looks at a tunnel that is down is told
 * that this was to be expected, until when, and whom to call.
 */
export function createPlanned({ audit, tunnels, deps: { db, now, monotonic } }: PlannedServices) {
  let byTunnel: ReadonlyMap<string, Planned> = new Map()
  let remembered: { works: PlannedWork[]; at: number; sequence: number } | null = null

  async function read(): Promise<PlannedWork[]> {
    const rows = await db
      .select()
      .from(plannedWork)
      .innerJoin(plannedTunnel, eq(plannedTunnel.workId, plannedWork.id))
      .where(gt(plannedWork.until, now().getTime()))
      .orderBy(plannedWork.until, plannedWork.id, plannedTunnel.name)
    const works = Map.groupBy(rows, ({ planned_work: { id } }) => id)
    return [...works.values()].flatMap((parts) => {
      const [work] = parts.map((part) => part.planned_work)
      const tunnels = parts.map(({ planned_tunnel: { tunnelId: id, name } }) => ({ id, name }))
      return work ? [entryOf(work, tunnels)] : []
    })
  }

  async function works(): Promise<PlannedWork[]> {
    if (!remembered || monotonic() - remembered.at >= rememberedMs) {
      const fresh = await read()
      const isSame = JSON.stringify(fresh) === JSON.stringify(remembered?.works)
      remembered = { works: fresh, at: monotonic(), sequence: (remembered?.sequence ?? 0) + (isSame ? 0 : 1) }
    }
    return goingOn()
  }

  /** Of what was read last. */
  function goingOn(): PlannedWork[] {
    const at = now().getTime()
    return remembered?.works.filter(({ until }) => Date.parse(until) > at) ?? []
  }

  const forget = () => {
    if (remembered) remembered.at = Number.NEGATIVE_INFINITY
  }

  return {
    /** What is announced and not over: what ends first comes first. */
    list: works,

    /**
     * Looks whether anything was announced or has ended since. Never throws: while the database cannot be read, what was read
     * last holds, or all of it would turn into alarms. Gives a number that changes when something has.
     */
    async refresh(): Promise<number> {
      const current = await works().catch(goingOn)
      const planned = current.flatMap(({ tunnels, until, text, by }) =>
        tunnels.map(({ id }) => [id, { until, text, by }] as const),
      )
      // Of several works on a tunnel the one that lasts longest counts, which comes last.
      byTunnel = new Map(planned)
      return (remembered?.sequence ?? 0) * 1000 + current.length
    },

    /** What goes on with a tunnel, as last looked up. */
    of(tunnelId: string): Planned | null {
      const planned = byTunnel.get(tunnelId)
      return planned && Date.parse(planned.until) > now().getTime() ? planned : null
    },

    /** Announces work. Throws `invalid` for a time that is over or too far away, and for a tunnel that is not there. */
    async create({ actor, requestId }: By, input: PlannedInput): Promise<PlannedWork> {
      const at = now().getTime()
      const until = Date.parse(input.until)
      const names = await knownNames(tunnels, input.tunnels)
      const errors = [...untilProblems(until, at), ...missingProblems(input.tunnels, names)]
      if (errors.length > 0) throw ProblemError.of('invalid', { errors })
      const work = { id: crypto.randomUUID(), text: input.text, by: actor.email, createdAt: at, until }
      const chosen = [...new Set(input.tunnels)].map((id) => ({ id, name: names.get(id) ?? id }))
      const rows = chosen.map(({ id, name }) => ({ workId: work.id, tunnelId: id, name }))
      const parts = Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, part) =>
        db.insert(plannedTunnel).values(rows.slice(part * atOnce, (part + 1) * atOnce)),
      )
      const changes = [lineOf('text', 'Work', input.text), lineOf('until', 'Until', new Date(until).toISOString())]
      const entry = { actor, requestId, action: 'planned.create', target: targetOf(work.id, chosen), changes } as const
      await audit.record({ ...entry, outcome: 'applied' }, [db.insert(plannedWork).values(work), ...parts])
      forget()
      return entryOf(work, chosen)
    },

    /** Ends work before its time. Throws `not-found` for work that is over. */
    async end({ actor, requestId }: By, id: string): Promise<void> {
      const work = (await read()).find((known) => known.id === id)
      if (!work) throw over()
      const entry = { actor, requestId, action: 'planned.end', target: targetOf(id, work.tunnels) } as const
      const at = now().getTime()
      const isOpen = and(eq(plannedWork.id, id), gt(plannedWork.until, at))
      const changes = [lineOf('text', 'Work', work.text)]
      // Of two who end it at once one finds it over, and their commit fails as a whole.
      const itself = sql<string>`CASE WHEN ${isOpen} THEN ${plannedWork.id} END`
      const ended = db.update(plannedWork).set({ until: at, id: itself }).where(eq(plannedWork.id, id))
      try {
        await audit.record({ ...entry, changes, outcome: 'applied' }, [ended])
      } catch (error) {
        if ((await read()).some((known) => known.id === id)) throw error
        throw over()
      } finally {
        forget()
      }
    },

    /** Forgets what was over a month ago. */
    async tidy(): Promise<void> {
      await db.delete(plannedWork).where(lt(plannedWork.until, now().getTime() - keepMs))
    },
  }
}

const over = () => ProblemError.of('not-found', { detail: 'This work is over.' })

function untilProblems(until: number, now: number): FieldError[] {
  if (until > now && until <= now + mostPlanned.days * dayMs) return []
  const detail = until <= now ? 'This time is over' : `Choose a time within ${mostPlanned.days} days`
  return [{ pointer: '/until', detail, source: 'console' }]
}

function missingProblems(tunnelIds: readonly string[], names: ReadonlyMap<string, string>): FieldError[] {
  return tunnelIds.flatMap((id, index) =>
    names.has(id) ? [] : [{ pointer: `/tunnels/${index}`, detail: `There is no tunnel ${id}`, source: 'console' }],
  )
}

const lineOf = (path: string, label: string, after: string): FieldChange => ({ path, label, before: null, after })

/** One tunnel is the target itself; of many there is only their number. */
function targetOf(workId: string, tunnels: PlannedWork['tunnels']) {
  const [first, ...others] = tunnels
  return first && others.length === 0 ? first : { id: workId, name: `${tunnels.length} tunnels` }
}

function entryOf(
  { createdAt, until, ...rest }: typeof plannedWork.$inferSelect,
  tunnels: PlannedWork['tunnels'],
): PlannedWork {
  return { ...rest, tunnels, createdAt: new Date(createdAt).toISOString(), until: new Date(until).toISOString() }
}
