import type { Transition, TunnelState } from '@tunnel-console/shared/status'
import type { StateChange } from '@tunnel-console/shared/webhooks'
import type { Deps } from '../deps.ts'
import { describe } from '../http/on-error.ts'

/** A change of state as it was heard. */
export interface Heard extends StateChange {
  /** It was in that very state before it was lost from sight: news to those alone who heard that it was. */
  isAgain?: boolean
}

/**
 * Collects what one reading brings, so that tunnels which changed together are told together, and hands it on at once. What
 * the database does not take is kept for the next time, up to as many as there may be tunnels.
 */
export function createHeard(
  tell: (changes: readonly Heard[]) => Promise<void>,
  { background, log }: Pick<Deps, 'background' | 'log'>,
) {
  const most = 10_000
  let waiting: Heard[] = []
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
    take({ tunnelId: id, name, from, to, reason, at }: Transition, known: TunnelState | undefined): void {
      const isAgain = from === 'unknown' && to === known
      waiting.push({ tunnel: { id, name }, from, to, reason, at, ...(isAgain && { isAgain }) })
      background(start())
    },
    /** Resolves when what was heard is in line, or could not be put there. Never throws. */
    async idle(): Promise<void> {
      await handing
      if (waiting.length > 0) await start()
    },
  }
}
