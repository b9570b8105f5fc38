import { defaultJobOptions, type JobInput, type JobOptions, type PlannedChange } from '@tunnel-console/shared/jobs'
import { type FieldError, ProblemError } from '@tunnel-console/shared/problem'
import type { Author } from '../changes/change.ts'
import type { Deps } from '../deps.ts'
import { knownNames } from '../readings/known-names.ts'
import { sha256 } from '../readings/prepared.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { NewRow, RowChange, StoredJob } from './store.ts'

/** Nobody remembers what they planned for longer. */
const furthestMs = 366 * 24 * 3600_000

export interface NewJob {
  input: JobInput
  author: Author
  requestId: string
  /** The `Idempotency-Key`: a job that is asked for twice under it is made once. */
  key?: string | undefined
}

/** A job with its rows as it is to be stored. Throws `invalid`, with a pointer for each mistake. */
export async function planJob(
  { tunnels, deps }: { tunnels: TunnelReadings; deps: Pick<Deps, 'now'> },
  { input, author, requestId }: NewJob,
  id: string,
): Promise<{ job: StoredJob; rows: NewRow[] }> {
  const now = deps.now().getTime()
  const { kind = 'update', startsAt, reason } = input
  const changes = changesOf(input)
  const named = changes.flatMap((change) => (change.kind === 'create' ? [] : change.tunnelId))
  const names = await knownNames(tunnels, named)
  const errors = [
    ...changes.flatMap((change, index) => mistakesIn(change, `/tunnels/${index}`, names, kind === 'plan')),
    ...takenNames(changes, names),
    ...(startsAt === undefined ? [] : momentMistakes(startsAt, now)),
    ...undoMistakes(optionsOf(input), changes.length),
    ...(kind === 'delete' && input.undoMinutes ? [mistake('/undoMinutes', 'A deletion cannot undo itself')] : []),
  ]
  if (errors.length > 0) throw ProblemError.of('invalid', { errors })
  const job: StoredJob = {
    id,
    kind,
    state: startsAt === undefined ? 'waiting' : 'scheduled',
    why: null,
    by: { id: author.id, email: author.email },
    reason: reason || null,
    options: optionsOf(input),
    requestId,
    createdAt: now,
    startsAt: startsAt === undefined ? null : Date.parse(startsAt),
    startedAt: null,
    endedAt: null,
    batch: null,
    requestHash: await sha256(JSON.stringify(input)),
  }
  const rows = changes.map((change, position) => {
    if (change.kind === 'create') return { position, tunnelId: '', name: change.input.name, change }
    const { tunnelId } = change
    return { position, tunnelId, name: names.get(tunnelId) ?? '', change }
  })
  return { job, rows }
}

/** A job must have made its last change before it would take its first one back. */
function undoMistakes({ batchSize, pauseSeconds, undoMinutes }: JobOptions, rows: number): FieldError[] {
  const seconds = (Math.ceil(rows / batchSize) - 1) * pauseSeconds
  if (undoMinutes === null || seconds < undoMinutes * 60) return []
  const detail = `The pauses of this job alone take ${Math.ceil(seconds / 60)} minutes, so its first changes would be undone before its last are made. Choose larger batches, shorter pauses or a longer time.`
  return [mistake('/undoMinutes', detail)]
}

/** The id of a job that is asked for under a key: always the same for the same person and key. */
export async function jobIdOf({ author, key }: Pick<NewJob, 'author' | 'key'>): Promise<string> {
  if (key === undefined) return crypto.randomUUID()
  if (!/^[\w-]{8,255}$/.test(key)) throw ProblemError.of('bad-request', { detail: 'Idempotency-Key is not usable' })
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`job ${author.id} ${key}`))
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** What is wrong with a moment that a job is to start at. */
export function momentMistakes(startsAt: string, now: number): FieldError[] {
  const at = Date.parse(startsAt)
  if (at <= now) return [mistake('/startsAt', 'This moment has passed')]
  return at > now + furthestMs ? [mistake('/startsAt', 'Choose a moment within a year')] : []
}

function optionsOf(input: JobInput): JobOptions {
  const { batchSize, pauseSeconds, stopAfterFailure, stopWhenWorse, undoMinutes } = defaultJobOptions
  return {
    batchSize: input.batchSize ?? batchSize,
    pauseSeconds: input.pauseSeconds ?? pauseSeconds,
    stopAfterFailure: input.stopAfterFailure ?? stopAfterFailure,
    stopWhenWorse: input.stopWhenWorse ?? stopWhenWorse,
    undoMinutes: input.undoMinutes ?? undoMinutes,
  }
}

function changesOf(input: JobInput): RowChange[] {
  if (input.kind === 'delete')
    return input.tunnels.map(({ id: tunnelId, version }) => ({ kind: 'delete', tunnelId, version }))
  if (input.kind === 'plan') return input.tunnels.map(plannedChange)
  return input.tunnels.map(({ id: tunnelId, version, ...patch }) => ({ kind: 'update', tunnelId, version, patch }))
}

/** The change that a row of a plan asks for. */
export function plannedChange(row: PlannedChange): RowChange {
  if (row.change === 'create') return { kind: 'create', input: row.tunnel }
  const { id: tunnelId, version } = row
  if (row.change === 'delete') return { kind: 'delete', tunnelId, version }
  return { kind: 'update', tunnelId, version, patch: row.patch }
}

/** New tunnels whose name another has, there or in the same job: Cloudflare would refuse them, and only when their turn came. */
function takenNames(changes: readonly RowChange[], names: ReadonlyMap<string, string>): FieldError[] {
  const taken = new Set(names.values())
  return changes.flatMap((change, index) => {
    if (change.kind !== 'create') return []
    const { name } = change.input
    if (taken.has(name)) return [mistake(`/tunnels/${index}/tunnel/name`, `Another tunnel is called ${name}`)]
    taken.add(name)
    return []
  })
}

function mistakesIn(
  change: RowChange,
  pointer: string,
  names: ReadonlyMap<string, string>,
  isPlan: boolean,
): FieldError[] {
  const isMissing = change.kind !== 'create' && !names.has(change.tunnelId)
  const missing = isMissing ? [mistake(`${pointer}/id`, 'There is no such tunnel')] : []
  const values = change.kind === 'create' ? change.input : change.kind === 'update' ? change.patch : undefined
  const group = change.kind === 'create' ? '/tunnel' : isPlan ? '/patch' : ''
  const words = 'Set an MD5 key at its own tunnel: a job would have to keep it until its turn'
  return values?.bgp?.md5_key ? [...missing, mistake(`${pointer}${group}/bgp/md5_key`, words)] : missing
}

function mistake(pointer: string, detail: string): FieldError {
  return { pointer, detail, source: 'console' }
}
