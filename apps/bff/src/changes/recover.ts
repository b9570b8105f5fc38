import { diffDrafts } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import { type Facts, isOfKey } from './change.ts'
import type { Intent } from './intents.ts'
import type { Room } from './room.ts'
import type { Begun } from './settle.ts'

/** Cloudflare may be down as well: no start waits longer for its looks, which go on afterwards. */
const patienceMs = 15_000

type RecoverServices = Pick<Room, 'audit' | 'intents' | 'watch' | 'settle' | 'recent'>

/** A read may be older than the last write of the process before. Wall time: the two share no other. */
const lagMs = 15_000

/**
 * Settles what a process that died has left, before the first new write: what was never sent did not happen, and what may
 * have been sent is looked for, by its stored facts alone. Only for the one owner of the account.
 */
export async function recover(room: RecoverServices): Promise<number> {
  const { intents, recent } = room
  await intents.take()
  for (const { facts, outcome } of await intents.appliedWithin(lagMs)) {
    const answer = outcome?.kind === 'applied' ? outcome.answer : null
    const id = facts?.tunnelId ?? (answer && 'tunnel' in answer ? answer.tunnel.id : null)
    if (id === null) continue
    if (facts && facts.version !== null) recent.sends(id, facts.version)
    recent.wrote(id, answer && 'deleted' in answer ? null : 'elsewhere')
  }
  for (const { facts, ...intent } of await intents.lost()) if (facts) room.watch.add(begunOf(intent), facts, true)
  const left = await intents.open()
  await settleQuestions(room, new Set(left.map(({ id }) => id)))
  const looks = left.map((intent) => recoverOne(room, intent))
  await Promise.race([Promise.all(looks), new Promise((resolve) => setTimeout(resolve, patienceMs))])
  return left.length
}

/**
 * Entries that no stored change stands behind: dry runs, which change nothing, and whatever was begun by other hands. What
 * became of the latter nobody knows any more.
 */
async function settleQuestions({ audit }: Pick<Room, 'audit'>, changes: ReadonlySet<string>): Promise<void> {
  let cursor: number | undefined
  do {
    const page = await audit.list({ outcome: 'pending', cursor, limit: 200 })
    for (const { id, validateOnly } of page.entries.filter((entry) => !changes.has(entry.id))) {
      const detail = 'The console stopped before this was answered.'
      const code = validateOnly ? 'not-sent' : 'outcome-unknown'
      await audit.settle(id, { outcome: validateOnly ? 'failed' : 'unknown', problem: { code, detail } })
    }
    cursor = page.nextCursor === null ? undefined : Number(page.nextCursor)
  } while (cursor !== undefined)
}

/** One change that somebody else has left. */
export async function recoverOne(
  { watch, settle, recent }: Pick<RecoverServices, 'watch' | 'settle' | 'recent'>,
  intent: Intent,
) {
  const { id, change, phase, facts } = intent
  const begun = begunOf(intent)
  if (phase === 'asked' || facts === null) {
    const detail = 'The console stopped before this was sent.'
    await settle.ended(begun, ProblemError.of('not-sent', { detail }))
    return
  }
  if (facts.tunnelId !== null && facts.version !== null) recent.sends(facts.tunnelId, facts.version)
  watch.add(begun, facts)
  if (await watch.look(id)) return
  const detail = isOfKey(change)
    ? 'The console stopped while the key was made or set, so its value is lost. Generate again or set a new one: a lost key cannot be shown later.'
    : 'The console stopped while this was sent. It is being watched.'
  if (phase === 'sending' && watch.isWaiting(id))
    await settle.unknown(begun, ProblemError.of('outcome-unknown', { detail }), toldOf(facts))
}

function begunOf({ id, change, lock, author, requestId }: Omit<Intent, 'facts'>): Begun {
  return { id, change, lock, author, requestId }
}

/** What the audit log can still be told of a change that was under way. */
function toldOf({ tunnelId, name, before, goal }: Facts) {
  return { target: { id: tunnelId, name }, ...(before && goal && { changes: diffDrafts(before, goal) }) }
}
