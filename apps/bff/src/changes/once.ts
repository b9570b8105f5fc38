import type { WrittenTunnel } from '@tunnel-console/shared/api'
import { diffDrafts, maskChanges } from '@tunnel-console/shared/diff'
import { fateOf, fates } from '@tunnel-console/shared/fate'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { Change } from './change.ts'
import type { Intent, Intents } from './intents.ts'
import type { Outcome, Request, Told } from './request.ts'
import type { Seal } from './seal.ts'
import type { Watch } from './watch.ts'

const patienceMs = 1500

interface OnceServices {
  client: Pick<CloudflareClient, 'getTunnel'>
  intents: Intents
  seal: Seal
  tunnels: TunnelReadings
  watch: Watch
  deps: Pick<Deps, 'pause'>
}

export interface KeyOf {
  key: string | null
  requestHash: string
}

export type Once = ReturnType<typeof createOnce>['once']

/**
 * Carries a change out once for each idempotency key (H3, S16). A second request under the same key waits for the first, or
 * is told the recorded end of that very change, whatever was changed since and whether or not Cloudflare answers. Only a
 * change that certainly did not happen may be asked for anew under its key.
 */
export function createOnce({ client, intents, seal, tunnels, watch, deps: { pause } }: OnceServices) {
  const running = new Map<string, { hashing: Promise<string>; outcome: Promise<Outcome> }>()
  const nameOf = (userId: string, key: string) => `${userId} ${key}`

  async function once(request: Request, carryOut: (key: KeyOf) => Promise<Outcome>): Promise<Outcome> {
    const { change, author, key, secret, undo } = request
    const isAlone = secret === undefined && !undo
    const hashing = seal.digest(JSON.stringify(isAlone ? change : [change, secret, undo?.minutes]))
    if (key === undefined) return carryOut({ key: null, requestHash: await hashing })
    if (!/^[\w-]{8,255}$/.test(key)) throw ProblemError.of('bad-request', { detail: 'Idempotency-Key is not usable' })
    const name = nameOf(author.id, key)
    const first = running.get(name)
    if (first) {
      refuseOther(await first.hashing, await hashing)
      return withoutKey(await first.outcome)
    }
    const outcome = tellOrRun(request, key, hashing, carryOut).finally(() => running.delete(name))
    // Nothing has been awaited since the look into the map: of two clicks at once, one is the first.
    running.set(name, { hashing, outcome })
    return outcome
  }

  async function tellOrRun(
    { change, author }: Request,
    key: string,
    hashing: Promise<string>,
    carryOut: (key: KeyOf) => Promise<Outcome>,
  ): Promise<Outcome> {
    const requestHash = await hashing
    const earlier = await intents.find(author.id, key)
    if (earlier) {
      if (earlier.phase === 'closed') throw ProblemError.of('closed')
      refuseOther(earlier.requestHash, requestHash)
      const told = await replay(earlier, change)
      if (told) return told
      await intents.release(earlier.id)
    }
    return carryOut({ key, requestHash })
  }

  /** The recorded end of a change, as its own answer told it. `null` when it may be asked for anew. */
  async function replay(intent: Intent, change: Change): Promise<Outcome | null> {
    const { phase, outcome } = await lookedAt(intent)
    if (phase === 'asked' || phase === 'sending' || !outcome) throw ProblemError.of('busy', { retryAfter: 1 })
    if (outcome.kind === 'problem') {
      // Told for want of a trace, and the trace may come yet: this key stays with that change.
      const isCertain = outcome.problem.code !== 'not-applied' && fates[fateOf(outcome.problem)].repeatable
      return isCertain ? null : { ...outcome, ...storyOf(intent) }
    }
    const { answer } = outcome
    if ('revealed' in answer) return withoutKey({ kind: 'applied', answer: { psk: '', psk_metadata: noDate } })
    const told = 'deleted' in answer ? answer : await unsealed(answer, change)
    return { kind: 'applied', answer: told, ...storyOf(intent) }
  }

  /** A change that is watched may be known after one more look. */
  async function lookedAt(intent: Intent): Promise<Intent> {
    if (intent.phase !== 'watching' || intent.key === null) return intent
    // Whoever asks is not kept waiting by a Cloudflare that hangs: the look goes on without them.
    await Promise.race([watch.look(intent.id), pause(patienceMs)])
    return (await intents.find(intent.userId, intent.key)) ?? intent
  }

  /** The MD5 key is not kept: it comes from the request that is repeated, or from a tunnel that still has it. */
  async function unsealed(answer: WrittenTunnel, change?: Change): Promise<WrittenTunnel> {
    const { tunnel } = answer
    if (!tunnel.bgp || tunnel.bgp.md5_key === '') return answer
    const asked = change && 'patch' in change ? change.patch.bgp : change && 'input' in change ? change.input.bgp : null
    const listed = tunnels.list.peek()?.value.tunnels.find(({ id }) => id === tunnel.id)
    const read = async () => Tunnel.parse(await client.getTunnel(tunnel.id)).bgp?.md5_key
    const stored = () => Promise.race([read(), pause(patienceMs).then(() => undefined)])
    for (const find of [() => asked?.md5_key, () => listed?.bgp?.md5_key, () => stored().catch(() => undefined)]) {
      const md5_key = await find()
      if (md5_key === undefined || !(await seal.isSealOf(tunnel.bgp.md5_key, md5_key))) continue
      return { ...answer, tunnel: { ...tunnel, bgp: { ...tunnel.bgp, md5_key } } }
    }
    return { ...answer, tunnel: { ...tunnel, bgp: { ...tunnel.bgp, md5_key: '' } } }
  }

  return { once, unsealed, lookedAt, isRunning: (userId: string, key: string) => running.has(nameOf(userId, key)) }
}

/** What the outcome told when it was new, from what is stored of it. Without facts nothing was sent: it was so already. */
export function storyOf({ id, facts }: Pick<Intent, 'id' | 'facts'>): Required<Told> {
  const { before, goal } = facts ?? {}
  return { auditId: id, changes: before && goal ? maskChanges(diffDrafts(before, goal)) : [] }
}

const noDate = { last_generated_on: null }

function refuseOther(first: string, second: string): void {
  if (first === second) return
  throw ProblemError.of('bad-request', { detail: 'This Idempotency-Key was used for another request' })
}

/** A key is shown to the one request that made it. */
function withoutKey(outcome: Outcome): Outcome {
  if (outcome.kind !== 'applied' || !('psk' in outcome.answer)) return outcome
  const { problem } = ProblemError.of('already-revealed', { detail: 'Make a new key if it was lost.' })
  return { kind: 'problem', problem }
}
