import type { Deps } from '../deps.ts'

/** An undo as far as time goes. `dueAt` is wall time (ms). */
interface Timed {
  id: string
  minutes: number
  dueAt: number
}

export type DueTimes = ReturnType<typeof createDueTimes>

/**
 * When each undo is due. Wall time is what outlives a process, so that is stored; within a process it counts on monotonic
 * time, so that a clock that somebody sets neither fires an undo nor holds it up (L7).
 */
export function createDueTimes({ now, monotonic }: Pick<Deps, 'now' | 'monotonic'>) {
  /** Monotonic milliseconds: when a change was applied, and when its undo is due. */
  const applied = new Map<string, number>()
  const due = new Map<string, number>()

  /** Milliseconds until it is due; none or fewer when it is. */
  function left({ id, minutes, dueAt }: Timed): number {
    const [at, began] = [due.get(id), applied.get(id)]
    if (at !== undefined) return at - monotonic()
    const longest = minutes * 60_000
    // What a former process left knows wall time alone. A clock that was set back must not make it longer than it ever was.
    const rest = began === undefined ? Math.min(dueAt - now().getTime(), longest) : began + longest - monotonic()
    due.set(id, monotonic() + rest)
    return rest
  }

  return {
    /** A change has been applied this moment: if it undoes itself, its time begins. */
    began: (id: string) => void applied.set(id, monotonic()),
    /** It is due at once. */
    hurry: (id: string) => void due.set(id, monotonic()),
    left,
    /** When that is by the wall clock as it stands: for people, and for the next process. */
    at: (row: Timed) => now().getTime() + left(row),
    /** Forgets all but these. */
    keep(ids: ReadonlySet<string>): void {
      for (const times of [applied, due]) for (const id of times.keys()) if (!ids.has(id)) times.delete(id)
    },
  }
}
