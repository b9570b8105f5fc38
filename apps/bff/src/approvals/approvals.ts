import type { ApprovalEntry, ApprovalInput } from '@tunnel-console/shared/approvals'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'
import { askApproval } from './ask.ts'
import { aboutApproval, approve, changedSince, decline, lapse, withdraw } from './decide.ts'
import type { ApprovalRoom, By } from './room.ts'
import { settleLeft } from './settle.ts'
import { entryOf, listRows } from './store.ts'

export type Approvals = ReturnType<typeof createApprovals>

/** Changes that wait for a second person. A wish is one payload on one version of one tunnel, and lapses with either. */
export function createApprovals(deps: Deps, owner: Owner) {
  const room: ApprovalRoom = { deps, owner, underWay: new Set() }

  /** Goes on though whoever asked has gone. */
  function background<T>(work: Promise<T>): Promise<T> {
    deps.background(work)
    return work
  }

  return {
    async list(): Promise<ApprovalEntry[]> {
      await settleLeft(room)
      const waiting = (await listRows(deps)).filter(({ state }) => state === 'waiting')
      for (const row of waiting) {
        if (!(await owner.isStill(row.tunnelId, row.version))) await lapse(room, row, changedSince)
      }
      return (await listRows(deps)).map(entryOf)
    },

    ask: (by: By, input: ApprovalInput) => askApproval(room, by, input),
    about: (id: string) => aboutApproval(room, id),
    approve: (by: By, id: string, word: string | null) => background(approve(room, by, id, word)),
    decline: (by: By, id: string, word: string) => decline(room, by, id, word),
    withdraw: (by: By, id: string) => withdraw(room, by, id),

    /** After a start: what a former process was carrying out. Never throws. */
    settle: () => settleLeft(room),
  }
}
