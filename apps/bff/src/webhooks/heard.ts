import type { Transition } from '@tunnel-console/shared/status'
import type { StateChange } from '@tunnel-console/shared/webhooks'
import type { Deps } from '../deps.ts'
import { describe } from '../http/on-error.ts'

/**
 * Collects what one reading brings, so that tunnels which changed together are told together, and hands it on at once. What
 * the database does not take is kept for the next time, up to as many as there may be tunnels.
 */
export function createHeard(
  tell: (changes: readonly StateChange[]) => Promise<void>,
  { background, log }: Pick<Deps, 'background' | 'log'>,
) {
  const most = 10_000
  let waiting: StateChange[] = []
  let handing: Promise<void> | null = null

  async function hand(): Promise<void> {
    // The rest of the same reading comes before this goes on.
    await Promise.resolve()
    const changes = waiting
    waiting = []
    if (changes.length === 0) return
    try {
      await tell(changes)
    } catch (error) {
      waiting = [...changes, ...waiting].slice(-most)
      log({ level: 'error', event: 'webhook.failed', cause: describe(error) })
    }
  }

  function start(): Promise<void> {
    handing ??= hand().finally(() => {
      handing = null
    })
    return handing
  }

  return {
    take({ tunnelId: id, name, from, to, reason, at }: Transition): void {
      waiting.push({ tunnel: { id, name }, from, to, reason, at })
      background(start())
    },
    /** Resolves when what was heard is in line, or could not be put there. Never throws. */
    async idle(): Promise<void> {
      await handing
      if (waiting.length > 0) await start()
    },
  }
}
