import type { KeyResult } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import { ProblemError } from '@tunnel-console/shared/problem'
import { ofMany } from './pointers.ts'
import type { Outcome, Request } from './request.ts'
import { createSlots } from './slots.ts'
import type { Spending } from './spending.ts'

/** A request for the keys of many: as for one change, and the tunnels with the keys that were given. */
export interface KeysRequest extends Omit<Request, 'change' | 'secret' | 'isPaced'> {
  tunnels: readonly { id: string; psk?: string | undefined }[]
}

const mostAtOnce = 4
/** A fresh read and the key itself. */
const callsEach = 2
/** Room for the tunnel's id behind it. */
const usableKey = /^[\w-]{8,222}$/

/**
 * Sets the keys of many tunnels: each is a change of its own with its own intent, turn, audit entry and idempotency key
 * (`KEY-TUNNEL`), four at a time in the whole account. The answers come in the order asked. Throws `rate-limited` before
 * anything is sent when Cloudflare's limit has no room for all of them.
 */
export function createSetKeys(run: (request: Request) => Promise<Outcome>, spending: Spending) {
  const slot = createSlots(mostAtOnce)

  async function setOne({ tunnels: _, key, ...request }: KeysRequest, tunnel: KeysRequest['tunnels'][number]) {
    const { id: tunnelId, psk: secret } = tunnel
    if (spending.wait(callsEach) !== null) return { kind: 'problem' as const, problem: tooFast(spending).problem }
    spending.spend(callsEach)
    return run({
      ...request,
      change: { kind: 'set-key', tunnelId },
      ...(key !== undefined && { key: `${key}-${tunnelId}` }),
      secret,
      isPaced: true,
    })
  }

  return async (request: KeysRequest): Promise<KeyResult[]> => {
    const { tunnels, key } = request
    if (key !== undefined && !usableKey.test(key))
      throw ProblemError.of('bad-request', { detail: 'Idempotency-Key is not usable' })
    if (spending.wait(callsEach * tunnels.length) !== null) throw tooFast(spending, callsEach * tunnels.length)
    return Promise.all(
      tunnels.map(async (tunnel, index) => resultOf(tunnel.id, index, await slot(() => setOne(request, tunnel)))),
    )
  }
}

function tooFast(spending: Spending, calls = callsEach): ProblemError {
  const detail = 'Cloudflare’s limit leaves no room for this right now: a fifth of it is kept for everybody else.'
  return ProblemError.of('rate-limited', { detail, retryAfter: spending.wait(calls) ?? 1 })
}

function resultOf(id: string, index: number, outcome: Outcome): KeyResult {
  if (outcome.kind === 'applied') return { id, outcome: 'applied', ...('psk' in outcome.answer && outcome.answer) }
  if (outcome.kind === 'valid') return { id, outcome: 'valid' }
  const problem = ofMany(index, outcome.problem)
  if (problem.code === 'already-revealed') return { id, outcome: 'applied', problem }
  return { id, outcome: fateOf(problem) === 'unknown' ? 'unknown' : 'rejected', problem }
}
