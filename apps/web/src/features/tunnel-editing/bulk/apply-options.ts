import { type ChangedTunnel, defaultJobOptions, type JobOptions, mostTunnels } from '@tunnel-console/shared/jobs'
import type { BulkEditing } from './use-bulk-edit.ts'

/** What one request for all or nothing is made of. */
export interface Together {
  tunnels: readonly ChangedTunnel[]
  reason: string
}

/** Numbers as they are typed. */
export interface ApplyForm {
  way: 'job' | 'together'
  typedCount: string
  batchSize: string
  pauseSeconds: string
  stopAfterFailure: boolean
  stopWhenWorse: boolean
  undoMinutes: JobOptions['undoMinutes']
  /** What the field for the moment holds; `null`: now. */
  startsAt: string | null
}

export const startForm: ApplyForm = {
  way: 'job',
  typedCount: '',
  batchSize: String(defaultJobOptions.batchSize),
  pauseSeconds: String(defaultJobOptions.pauseSeconds),
  stopAfterFailure: defaultJobOptions.stopAfterFailure,
  stopWhenWorse: defaultJobOptions.stopWhenWorse,
  undoMinutes: defaultJobOptions.undoMinutes,
  startsAt: null,
}

const limits = { batchSize: [1, mostTunnels.job], pauseSeconds: [0, 3600] } as const

/** What is wrong with a typed number, or `null`. */
export function numberProblem(name: keyof typeof limits, typed: string): string | null {
  const [least, most] = limits[name]
  const value = Number(typed)
  if (/^\d{1,6}$/.test(typed.trim()) && value >= least && value <= most) return null
  return `Enter a whole number from ${least} to ${most}`
}

/** How the job is to go about it. */
export function optionsOf(form: ApplyForm): JobOptions {
  const { stopAfterFailure, stopWhenWorse, undoMinutes } = form
  return {
    batchSize: Number(form.batchSize),
    pauseSeconds: Number(form.pauseSeconds),
    stopAfterFailure,
    stopWhenWorse,
    undoMinutes,
  }
}

/** What will be sent: the changes of the dry run, with the versions that it rests on. */
export const changesOf = ({ rows }: BulkEditing) =>
  rows.flatMap(({ result, change }) => (result === 'will-change' && change ? [change] : []))

/** Why all of it cannot go in one request, or `null`. */
export function whyNotTogether({ rows }: BulkEditing): string | null {
  const changing = rows.filter(({ result }) => result === 'will-change')
  if (changing.length > mostTunnels.request) return `One request takes at most ${mostTunnels.request} tunnels`
  if (changing.length < rows.length) return 'It is only for a dry run in which every tunnel will change'
  return null
}
