import type { Deps } from '../deps.ts'
import { createCheck } from '../jobs/check.ts'
import { createAuthorOf, createJobs } from '../jobs/jobs.ts'
import { createMemories } from '../jobs/memory.ts'
import { createRowEnds } from '../jobs/row-ends.ts'
import { createRunner } from '../jobs/runner.ts'
import { createJobStore } from '../jobs/store.ts'
import type { Observer } from '../readings/observer.ts'
import type { DueTimes } from '../undo/due.ts'
import { createFire } from '../undo/fire.ts'
import type { UndoStore } from '../undo/store.ts'
import { createUndos } from '../undo/undos.ts'
import { createWorse } from '../undo/worse.ts'
import { createMany } from './many.ts'
import type { Once } from './once.ts'
import type { Room } from './room.ts'
import type { createRun } from './run.ts'
import { createSetKeys } from './set-keys.ts'
import { createSpending } from './spending.ts'
import { createTogether } from './together.ts'

interface CallerServices {
  room: Room
  once: Once
  run: ReturnType<typeof createRun>
  undoStore: UndoStore
  due: DueTimes
  observer: Observer
  deps: Deps
}

/** Whoever asks for more changes than one: requests for many, jobs, and changes that undo themselves. All go through `run`. */
export function createCallers({ room, once, run, undoStore, due, observer, deps }: CallerServices) {
  const { client, audit, intents, tunnels } = room
  const store = createJobStore(deps, intents)
  const memories = createMemories()
  const ends = createRowEnds({ store, intents, memories, deps })
  const runner = createRunner({
    store,
    ends,
    memories,
    run,
    budget: client.budget,
    authorOf: createAuthorOf(deps),
    states: { of: observer.stateOf, refresh: observer.refresh },
    deps,
  })
  const fire = createFire({ store: undoStore, intents, audit, run, deps })
  const { observe } = observer
  return {
    setKeys: createSetKeys(run, createSpending(client.budget, deps)),
    runMany: createMany({ room, run, together: createTogether(room, once) }),
    undos: createUndos({
      store: undoStore,
      due,
      fire,
      worse: createWorse(deps),
      audit,
      observe,
      budget: client.budget,
      deps,
    }),
    jobs: { ...createJobs({ store, runner, memories, audit, tunnels, deps }), check: createCheck({ room, run }) },
    runner,
    ends,
    jobStore: store,
  }
}
