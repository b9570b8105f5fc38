import { digest } from '../adversary/store.ts'
import type { Person } from '../console/person.ts'
import type { Reply } from '../console/send.ts'
import { pause } from '../console/until.ts'
import type { Attempt, Op, OpKind, Poll } from '../history.ts'
import type { Random } from '../random.ts'
import { claimOfOutcome, claimOfWrite, codeOf, isFinal } from './claim.ts'

/** One concurrent client: its person, its dice, what it owns and what it has done. */
export interface Crew {
  name: string
  person: Person
  random: Random
  /** The counters that every client increments. `isPlain`: the text is the number alone, so two writes may look alike. */
  counters: readonly { id: string; isPlain: boolean }[]
  /** Tunnels that this client alone creates, deletes and makes keys for. */
  own: { id: string; body: Record<string, unknown> | null }[]
  ops: Op[]
  polls: Poll[]
  /** How each write is sent again, word for word. */
  again: Map<Op, Resend>
  md5Keys: Set<string>
  /** Texts of problems, which must hold no secret. */
  problems: string[]
  /** How many tunnels there really are. */
  really(): number
  /** Whether the time is up. */
  isOver(): boolean
}

export type Resend = (timeoutMs?: number) => Promise<Reply | null>

/** Writes down a new wish with a key of its own. */
export function wish(crew: Crew, kind: OpKind, about: Partial<Pick<Op, 'tunnelId' | 'name' | 'description'>>): Op {
  const id = `${crew.name}-${crew.ops.length + 1}`
  const op: Op = {
    id,
    kind,
    key: `key-${id}-${crew.random.text(12)}`,
    tunnelId: null,
    name: null,
    description: null,
    ...about,
    attempts: [],
  }
  crew.ops.push(op)
  return op
}

/** Sends a write once and writes down what came of it. Now and then its person closes the tab meanwhile. */
export async function attempt(crew: Crew, op: Op, resend: Resend): Promise<Attempt> {
  const isAbandoned = crew.random.chance(0.05)
  return noted(crew, op, 'write', () => resend(isAbandoned ? crew.random.int(10, 800) : undefined))
}

export function ask(crew: Crew, op: Op): Promise<Attempt> {
  return noted(crew, op, 'ask', () => crew.person.ask(op.key))
}

async function noted(crew: Crew, op: Op, how: Attempt['how'], run: () => Promise<Reply | null>): Promise<Attempt> {
  const entry: Attempt = { how, sentAt: Date.now(), answeredAt: null, status: 0, code: null, claim: 'silent', told: {} }
  op.attempts.push(entry)
  const reply = await run()
  if (reply && reply.status >= 400) crew.problems.push(wordsOf(reply))
  entry.answeredAt = reply ? Date.now() : null
  entry.status = reply?.status ?? 0
  entry.code = codeOf(reply)
  entry.claim = how === 'ask' ? claimOfOutcome(reply) : claimOfWrite(reply)
  entry.told = toldBy(reply)
  return entry
}

/**
 * Goes after a write until its fate is known: asks, or sends the same request with the same key again. Gives up after some
 * 20 turns, as people do. A key is never asked for again after a clear no: that would be another click.
 */
export async function pursue(crew: Crew, op: Op, resend: Resend, first: Attempt): Promise<Attempt> {
  crew.again.set(op, resend)
  let last = first
  for (let turn = 0; turn < 20 && !isFinal(last) && !crew.isOver(); turn++) {
    await pause(crew.random.int(150, 1500))
    const isOpen = op.attempts.some(({ claim }) => claim !== 'nothing')
    if (!isOpen && crew.random.chance(0.3)) break
    last = isOpen && crew.random.chance(0.7) ? await ask(crew, op) : await attempt(crew, op, resend)
  }
  return last
}

/** A problem without the tunnel that a conflict brings along: its MD5 key is its person's to see. */
function wordsOf({ json, text }: Reply): string {
  if (!json) return text
  const { current: _, ...words } = json
  return JSON.stringify(words)
}

function toldBy(reply: Reply | null): Attempt['told'] {
  const { tunnel, psk } = (reply && reply.status < 300 ? reply.json : null) ?? {}
  const { id, description } = (tunnel ?? {}) as { id?: unknown; description?: unknown }
  return {
    ...(typeof id === 'string' && { tunnelId: id }),
    ...(typeof description === 'string' && { description }),
    ...(typeof psk === 'string' && { keyHash: digest(psk) }),
  }
}
