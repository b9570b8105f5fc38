import type { ComingChange } from './ahead.ts'
import type { FieldChange } from './diff.ts'
import type { TunnelInput, TunnelPatch } from './patch.ts'

/**
 * What a job does to each of its tunnels; the rows of a `plan` say so each for itself. One job of a kind runs at a time; the
 * others of its kind wait for it.
 */
export const jobKinds = ['update', 'delete', 'plan'] as const
export type JobKind = (typeof jobKinds)[number]

/**
 * `scheduled` waits for its time · `waiting` for the job of its kind that runs · `running` · `paused` by a person or by a
 * guard, which `why` tells · `stopped` by a person: what was not begun stays undone · `missed` its time passed while the
 * console did not run: it never runs late without being asked · `done` every row has ended
 */
export const jobStates = ['scheduled', 'waiting', 'running', 'paused', 'stopped', 'missed', 'done'] as const
export type JobState = (typeof jobStates)[number]

/**
 * How one row stands. `refused`: by Cloudflare, by our checks or by circumstance; certainly nothing happened · `conflict`
 * the tunnel is another than the one that was chosen · `unknown` the answer was lost; it is watched, and turns · `skipped`
 * the job ended before it
 */
export const jobRowStates = ['waiting', 'running', 'done', 'refused', 'conflict', 'unknown', 'skipped'] as const
export type JobRowState = (typeof jobRowStates)[number]

/** How many tunnels one request may name, and one job. */
export const mostTunnels = { request: 100, job: 1000 } as const

/** After how many minutes a change may undo itself. */
export const undoChoices = [5, 10, 30] as const

export interface JobOptions {
  /** So many rows are carried out, then there is a pause. */
  batchSize: number
  pauseSeconds: number
  /** Pauses when a row ends in anything but `done`. */
  stopAfterFailure: boolean
  /** Pauses when a tunnel of the batch is in a worse state than it was before its change. */
  stopWhenWorse: boolean
  /** Each change undoes itself after so many minutes unless it is kept; `null`: it stays. */
  undoMinutes: number | null
}

export const defaultJobOptions: JobOptions = {
  batchSize: 5,
  pauseSeconds: 30,
  stopAfterFailure: true,
  stopWhenWorse: false,
  undoMinutes: null,
}

/** A job as the list of jobs shows it. Times are UTC, ISO 8601. */
export interface JobEntry {
  id: string
  kind: JobKind
  /** The tunnel's name, of a job about a single one; else `null`. */
  name: string | null
  state: JobState
  /** Why it is paused, was stopped or missed, or what stood worse at its end. `null` where there is nothing to say. */
  why: string | null
  by: { id: string; email: string }
  reason: string | null
  options: JobOptions
  createdAt: string
  /** When it is to start; `null`: as soon as it may. */
  startsAt: string | null
  startedAt: string | null
  endedAt: string | null
  counts: Record<JobRowState, number>
  /** How many of those that are done were taken back by their undo. */
  undone: number
}

export interface JobRow {
  /** From 0, in the order in which they are carried out. */
  position: number
  change: PlannedChange['change']
  /** Empty for a new tunnel until it is there. */
  tunnelId: string
  name: string
  state: JobRowState
  /** What is to change, or what was changed: masked as in the audit log. Empty while nobody has looked. */
  changes: FieldChange[]
  /** Of an update in a job that has not begun: what it would change, as the tunnel was last read. Not there where that is not known. */
  coming?: ComingChange[] | undefined
  /** Why it is refused, in conflict, unknown or skipped. */
  problem: { code: string; detail: string } | null
  /** The audit entry of its last attempt. */
  auditId: string | null
  /** Its change was taken back: the former values were written over it. */
  isUndone: boolean
}

export interface JobAnswer {
  job: JobEntry
  rows: JobRow[]
}

/** How one tunnel of a request for many fared. `unchanged`: it was so already, and nothing was sent. */
export type ManyOutcome = 'applied' | 'valid' | 'rejected' | 'conflict' | 'unknown' | 'unchanged'

export type ChosenTunnel = { id: string; version: string }
export type ChangedTunnel = TunnelPatch & ChosenTunnel

/** One row of a plan: a tunnel that is to be there, to be otherwise or to be gone. */
export type PlannedChange =
  | { change: 'create'; tunnel: TunnelInput }
  | { change: 'update'; id: string; version: string; patch: TunnelPatch }
  | { change: 'delete'; id: string; version: string }

/** The same as a question: without a version it is about the tunnel as it is now. */
export type AskedChange =
  | Extract<PlannedChange, { change: 'create' }>
  | { change: 'update'; id: string; version?: string | undefined; patch: TunnelPatch }
  | { change: 'delete'; id: string; version?: string | undefined }

/** The body of `POST /api/jobs`. `kind` may be left out for updates. */
export type JobInput = Partial<JobOptions> & { reason?: string | undefined; startsAt?: string | undefined } & (
    | { kind?: 'update' | undefined; tunnels: ChangedTunnel[] }
    | { kind: 'delete'; tunnels: ChosenTunnel[] }
    | { kind: 'plan'; tunnels: PlannedChange[] }
  )
