import type { PlanAnswer } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import type { AskedChange } from '@tunnel-console/shared/jobs'
import { type Problem, problemOf } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { Author } from '../changes/change.ts'
import { refuseBelow } from '../changes/many.ts'
import type { Outcome, Request } from '../changes/request.ts'
import type { Room } from '../changes/room.ts'
import { createSlots } from '../changes/slots.ts'
import { versionOf } from '../changes/version.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { withOneList } from '../cloudflare/fresh-reads.ts'
import { plannedChange } from './create.ts'
import type { RowChange } from './store.ts'

/** Rows of a plan, up to a hundred, that somebody asks about. */
export interface CheckRequest {
  tunnels: AskedChange[]
  author: Author
  requestId: string
}

interface CheckServices {
  room: Pick<Room, 'client' | 'fresh' | 'recent'>
  run: (request: Request<RowChange>, reads?: CloudflareClient) => Promise<Outcome>
}

const atOnce = 4

/**
 * The dry run of a plan: each row by a question of its own to Cloudflare, all of them beside one fresh list. A row without a
 * version is about the tunnel as that list shows it, and is told which version that is. Throws `rate-limited` when so many
 * questions would use up what people need.
 */
export function createCheck({ room, run }: CheckServices) {
  const slot = createSlots(atOnce)
  return async ({ tunnels, author, requestId }: CheckRequest): Promise<PlanAnswer[]> => {
    refuseBelow(room.client, tunnels.length + 1)
    const reads = withOneList(room.fresh, room.recent)
    const asked = { author, requestId, isDryRun: true, isPaced: true }
    return Promise.all(tunnels.map((row) => slot(() => answerTo(row, asked, reads))))
  }

  async function answerTo(row: AskedChange, asked: Omit<Request, 'change'>, reads: CloudflareClient) {
    try {
      if (row.change === 'create') return answerOf(await run({ ...asked, change: plannedChange(row) }, reads))
      const version = row.version ?? (await versionOf(Tunnel.parse(await reads.getTunnel(row.id))))
      const outcome = await run({ ...asked, change: plannedChange({ ...row, version }) }, reads)
      return { ...answerOf(outcome, row.change === 'update'), version }
    } catch (error) {
      return refused(problemOf(error))
    }
  }
}

function answerOf(outcome: Outcome, isUpdate = false): PlanAnswer {
  const { changes = [] } = outcome
  if (outcome.kind === 'problem') return { ...refused(outcome.problem), changes }
  return { outcome: isUpdate && changes.length === 0 ? 'unchanged' : 'valid', changes }
}

function refused(problem: Problem): PlanAnswer {
  const fate = fateOf(problem)
  return { outcome: fate === 'conflict' || fate === 'unknown' ? fate : 'rejected', problem }
}
