import { ProblemError } from '@tunnel-console/shared/problem'
import type { Intent, Intents } from './intents.ts'
import type { Settle } from './settle.ts'
import type { Watch } from './watch.ts'

/** Cloudflare may be down as well: no start waits longer for its looks, which go on afterwards. */
const patienceMs = 15_000

interface RecoverServices {
  intents: Intents
  watch: Watch
  settle: Settle
}

/**
 * Settles what a process that died has left, before the first new write: what was never sent did not happen, and what may
 * have been sent is looked for, by its stored facts alone. Only for the one owner of the account.
 */
export async function recover({ intents, watch, settle }: RecoverServices): Promise<number> {
  await intents.take()
  const left = await intents.open()
  const looks = left.map((intent) => recoverOne({ watch, settle }, intent))
  await Promise.race([Promise.all(looks), new Promise((resolve) => setTimeout(resolve, patienceMs))])
  return left.length
}

/** One change that somebody else has left. */
export async function recoverOne({ watch, settle }: Pick<RecoverServices, 'watch' | 'settle'>, intent: Intent) {
  const { id, change, lock, author, requestId, phase, facts } = intent
  const begun = { id, change, lock, author, requestId }
  if (phase === 'asked' || facts === null) {
    const detail = 'The console stopped before this was sent.'
    await settle.ended(begun, ProblemError.of('not-sent', { detail }))
    return
  }
  watch.add(begun, facts)
  if (await watch.look(id)) return
  const detail =
    change.kind === 'generate-key'
      ? 'The console stopped while the key was made, so its value is lost. Generate again: a lost key cannot be shown later.'
      : 'The console stopped while this was sent. It is being watched.'
  if (phase === 'sending' && watch.isWaiting(id))
    await settle.unknown(begun, ProblemError.of('outcome-unknown', { detail }))
}
