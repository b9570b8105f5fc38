import type { UndoEntry } from '@tunnel-console/shared/api'
import { isOpenUndo } from '../../data/undos.ts'
import { serverAhead } from '../../lib/server-clock.ts'

/** Changes that are kept and undone together, as one strip shows them. */
export interface UndoGroup {
  id: string
  /** By name, the open ones first. */
  entries: readonly UndoEntry[]
  first: UndoEntry
  /** `making` the change is under way · `counting` · `undoing` · `ended` */
  stage: 'making' | 'counting' | 'undoing' | 'ended'
  /** When the first of them is due. */
  dueAt: string
}

/** Whether a job made the changes: whoever decides about them changes many at once, however few they are. */
export const isOfJob = ({ id, entries }: UndoGroup): boolean => entries.some((entry) => entry.id !== id)

/** How long until the first of them is due, in milliseconds, by the server's clock. */
export const leftMs = ({ dueAt }: UndoGroup, now: Date): number => Date.parse(dueAt) - now.getTime() - serverAhead()

/** What counts down before what has ended, the nearest first. A change that never happened has nothing to tell here. */
export function groupsOf(undos: readonly UndoEntry[]): UndoGroup[] {
  const byGroup = Map.groupBy(
    undos.filter(({ state }) => state !== 'void'),
    ({ group }) => group,
  )
  return [...byGroup].flatMap(([id, all]) => groupOf(id, all)).sort(byUrgency)
}

function groupOf(id: string, all: readonly UndoEntry[]): UndoGroup[] {
  const entries = all.toSorted(
    (a, b) => Number(isOpenUndo(b)) - Number(isOpenUndo(a)) || a.name.localeCompare(b.name, 'en', { numeric: true }),
  )
  const [first] = entries
  if (!first) return []
  const [dueAt = first.dueAt] = entries
    .filter(isOpenUndo)
    .map(({ dueAt: at }) => at)
    .toSorted()
  return [{ id, entries, first, stage: stageOf(entries), dueAt }]
}

function stageOf(entries: readonly UndoEntry[]): UndoGroup['stage'] {
  const has = (state: UndoEntry['state']) => entries.some((entry) => entry.state === state)
  if (has('counting')) return 'counting'
  if (has('armed')) return 'making'
  return has('undoing') ? 'undoing' : 'ended'
}

const byUrgency = (a: UndoGroup, b: UndoGroup) =>
  Number(a.stage === 'ended') - Number(b.stage === 'ended') || a.dueAt.localeCompare(b.dueAt)
