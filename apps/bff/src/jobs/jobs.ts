import { can, type Permission, type Role } from '@tunnel-console/shared/access'
import type { JobAnswer, JobEntry, JobKind } from '@tunnel-console/shared/jobs'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { AuditStore } from '../audit/store.ts'
import type { Author } from '../changes/change.ts'
import type { Deps } from '../deps.ts'
import { findPerson } from '../people/directory.ts'
import { sha256 } from '../readings/prepared.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import { createComing } from './coming.ts'
import { jobIdOf, momentMistakes, type NewJob, planJob } from './create.ts'
import type { Memories } from './memory.ts'
import type { Runner, RunnerServices } from './runner.ts'
import { type Steering, turns } from './steer.ts'
import type { JobStore, StoredJob } from './store.ts'

interface JobServices {
  store: JobStore
  runner: Runner
  memories: Memories
  audit: AuditStore
  tunnels: TunnelReadings
  deps: Pick<Deps, 'now' | 'db'>
}

/** A person's wish about a job that there is. */
export interface SteerRequest {
  steering: Steering
  jobId: string
  author: Author
  requestId: string
  /** For another time. */
  startsAt?: string | undefined
}

/** What people ask of jobs. Each wish is written down with its audit entry in one commit; the runner does the rest. */
export function createJobs({ store, runner, memories, audit, tunnels, deps }: JobServices) {
  const withComing = createComing({ db: deps.db, tunnels })

  async function answer(id: string): Promise<JobAnswer> {
    const found = await store.answer(id)
    if (!found) throw noSuchJob()
    return withComing(found)
  }

  /** The job that this very request has made before. Throws where its key was used for another. */
  async function made(id: string, { input }: NewJob): Promise<JobAnswer | null> {
    const known = await store.find(id)
    if (!known) return null
    if (known.requestHash === (await sha256(JSON.stringify(input)))) return answer(id)
    throw ProblemError.of('bad-request', { detail: 'This Idempotency-Key was used for another request' })
  }

  async function written(job: StoredJob, rows: number, { steering, author, requestId, startsAt }: SteerRequest) {
    const { from, otherwise, statements } = turns[steering]
    if (!from.includes(job.state)) throw ProblemError.of('not-now', { detail: otherwise })
    const now = deps.now().getTime()
    const errors = startsAt === undefined ? [] : momentMistakes(startsAt, now)
    if (errors.length > 0) throw ProblemError.of('invalid', { errors })
    const target = { id: job.id, name: titleOf(job.kind, rows) }
    const entry = { actor: author, action: `job.${steering}` as const, target, outcome: 'applied' as const, requestId }
    const at = { now, email: author.email, startsAt: startsAt === undefined ? now : Date.parse(startsAt) }
    try {
      await audit.record(entry, statements(store, job, at))
    } catch (error) {
      // Of two who steer it at once, one was faster.
      const found = await store.find(job.id)
      if (found && !from.includes(found.state)) throw ProblemError.of('not-now', { detail: otherwise })
      throw error
    }
  }

  return {
    list: (tunnelId?: string): Promise<JobEntry[]> => store.list(tunnelId),
    get: answer,

    async create(wanted: NewJob): Promise<JobAnswer> {
      const { author, requestId } = wanted
      refuseKind(author.role, wanted.input.kind ?? 'update')
      const id = await jobIdOf(wanted)
      const known = await made(id, wanted)
      if (known) return known
      const { job, rows } = await planJob({ tunnels, deps }, wanted, id)
      const entry = {
        actor: author,
        action: 'job.create' as const,
        target: { id, name: titleOf(job.kind, rows.length) },
        outcome: 'applied' as const,
        requestId,
        reason: job.reason ?? undefined,
      }
      try {
        await audit.record(entry, store.inserts(job, rows))
      } catch (error) {
        // Of two clicks at once, one was faster.
        const first = await made(id, wanted)
        if (first) return first
        throw error
      }
      const begun = await answer(id)
      void runner.pump()
      return begun
    },

    async steer(wish: SteerRequest): Promise<JobAnswer> {
      const job = await store.find(wish.jobId)
      if (!job) throw noSuchJob()
      refuseKind(wish.author.role, job.kind)
      const states = await store.rowStates(job.id)
      const isFailed = states.some(({ state }) => state === 'refused' || state === 'skipped')
      if (wish.steering === 'retry' && !isFailed)
        throw ProblemError.of('not-now', { detail: 'No row of this job was refused or skipped.' })
      await written(job, states.length, wish)
      // A person said so: what was left resting begins at once.
      Object.assign(memories.of(job.id), { batchEndedAt: null, restsUntil: 0, tries: new Map() })
      const steered = await answer(job.id)
      void runner.pump()
      return steered
    },
  }
}

const titles: Record<JobKind, string> = { update: 'Update', delete: 'Deletion', plan: 'Plan' }

/** How the audit log calls a job. */
function titleOf(kind: JobKind, rows: number): string {
  return `${titles[kind]} of ${rows} ${rows === 1 ? 'tunnel' : 'tunnels'}`
}

function noSuchJob(): ProblemError {
  return ProblemError.of('not-found', { detail: 'There is no such job' })
}

/** What a job of each kind needs beside the right to change many. Each row is asked again when it is carried out. */
const needs: Record<JobKind, readonly Permission[]> = {
  update: [],
  delete: ['tunnel.delete'],
  plan: ['tunnel.create', 'tunnel.delete'],
}
const mayRun = (role: Role, kind: JobKind) =>
  can(role, 'tunnel.bulkUpdate') && needs[kind].every((permission) => can(role, permission))

function refuseKind(role: Role | null, kind: JobKind): void {
  if (role === null || mayRun(role, kind)) return
  throw ProblemError.of('forbidden', { detail: 'Your role may not do this to many tunnels.' })
}

/** The person of a job as they are now: a demoted or disabled one carries out nothing more. */
export function createAuthorOf(deps: Pick<Deps, 'db' | 'sandbox'>): RunnerServices['authorOf'] {
  return async ({ by, kind }) => {
    const person = await findPerson(deps, by.id)
    if (!person || person.disabled)
      return `${by.email} may not come in any more, so nothing more is done in their name.`
    const { id, email, role } = person
    if (mayRun(role, kind)) return { id, email, role }
    return `${email} now has the role ${role}, which may not do this.`
  }
}
