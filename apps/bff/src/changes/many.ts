import type { ManyResult } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import type { ChangedTunnel } from '@tunnel-console/shared/jobs'
import { ProblemError } from '@tunnel-console/shared/problem'
import { spareOf } from '../cloudflare/budget.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { withOneList } from '../cloudflare/fresh-reads.ts'
import { sha256 } from '../readings/prepared.ts'
import type { Author, ChangeOf } from './change.ts'
import { ofMany } from './pointers.ts'
import type { Outcome, Request } from './request.ts'
import type { Room } from './room.ts'
import { createSlots } from './slots.ts'

export type UpdateRequest = Request<ChangeOf<'update'>>

/** Many updates at once, as one request asks for them. */
export interface ManyRequest {
  tunnels: ChangedTunnel[]
  author: Author
  requestId: string
  key?: string | undefined
  reason?: string | undefined
  isDryRun: boolean
  /** Cloudflare's own bulk update: one request that changes all of them or none. */
  allOrNothing: boolean
}

interface ManyServices {
  room: Pick<Room, 'client' | 'fresh' | 'recent'>
  run: (request: UpdateRequest, reads?: CloudflareClient) => Promise<Outcome>
  together: (requests: UpdateRequest[]) => Promise<Outcome[]>
}

/** So many changes of requests for many are under way at a time, in the whole account. */
const atOnce = 4
/** A change reads, writes and reads back. Of dry runs, and of changes in one request, the reads are one list. */
const callsEach = { one: 3, shared: 1 } as const

/** Updates many tunnels, each as a change of its own, and tells in the order asked how each fared. */
export function createMany({ room, run, together }: ManyServices) {
  const slot = createSlots(atOnce)
  return async (many: ManyRequest): Promise<ManyResult[]> => {
    const { tunnels, isDryRun, allOrNothing } = many
    refuseBelow(room.client, tunnels.length * (isDryRun || allOrNothing ? callsEach.shared : callsEach.one))
    const requests = await Promise.all(tunnels.map((tunnel) => requestOf(many, tunnel)))
    const reads = isDryRun ? withOneList(room.fresh, room.recent) : undefined
    const outcomes =
      allOrNothing && !isDryRun
        ? await together(requests)
        : await Promise.all(requests.map((request) => slot(() => run(request, reads))))
    return outcomes.map((outcome, index) => resultOf(tunnels[index]?.id ?? '', index, outcome))
  }
}

/** Before anything is sent: people need what is left of Cloudflare's budget. */
export function refuseBelow(client: Pick<CloudflareClient, 'budget'>, calls: number): void {
  const budget = client.budget()
  if (!budget || spareOf(budget) >= calls) return
  const detail = 'So many changes would use up what Cloudflare still allows in this window. Nothing was sent.'
  throw ProblemError.of('rate-limited', { retryAfter: Math.ceil(budget.resetAfterMs / 1000), detail })
}

/** Each tunnel has a key of its own, made from the key of the whole: a repeat is told how each ended. */
async function requestOf(many: ManyRequest, { id, version, ...patch }: ChangedTunnel): Promise<UpdateRequest> {
  const { author, requestId, reason, isDryRun, key } = many
  if (key !== undefined && !/^[\w-]{8,255}$/.test(key))
    throw ProblemError.of('bad-request', { detail: 'Idempotency-Key is not usable' })
  return {
    change: { kind: 'update', tunnelId: id, version, patch },
    author,
    requestId,
    reason,
    isDryRun,
    isPaced: true,
    ...(key !== undefined && { key: `many-${await sha256(`${key} ${id}`)}` }),
  }
}

function resultOf(id: string, index: number, outcome: Outcome): ManyResult {
  const changes = outcome.changes ?? []
  if (outcome.kind === 'problem') {
    const problem = ofMany(index, outcome.problem)
    const fate = fateOf(problem)
    const named = fate === 'conflict' || fate === 'unknown' ? fate : 'rejected'
    return { id, outcome: named, changes, problem }
  }
  if (outcome.kind === 'valid') return { id, outcome: changes.length === 0 ? 'unchanged' : 'valid', changes }
  const { answer } = outcome
  const there = 'tunnel' in answer ? { tunnel: answer.tunnel, version: answer.version } : {}
  return { id, outcome: changes.length === 0 ? 'unchanged' : 'applied', changes, ...there }
}
