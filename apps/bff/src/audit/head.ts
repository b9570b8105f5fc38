import type { Deps } from '../deps.ts'
import type { Head } from './chain.ts'
import type { AuditStore } from './store.ts'

export interface HeadLog {
  /** Logs the head when it has moved; at most one line a minute. For the owner's tick. Never throws. */
  tick(): Promise<void>
  /** Logs the head when it has moved since the last line, whenever that was. For the stop. Never throws. */
  flush(): Promise<void>
}

const minuteMs = 60_000

/**
 * Tells the log how far the audit log reaches, as the event `audit.head`. Whoever can write to the database could write the
 * whole chain anew; a hash that stands outside it cannot be made to fit (S65). `npm run audit:verify` takes it as
 * `AUDIT_HEAD`. `monotonic` gives milliseconds.
 */
export function createHeadLog(
  { audit, log }: { audit: Pick<AuditStore, 'head'> } & Pick<Deps, 'log'>,
  monotonic: () => number = () => performance.now(),
): HeadLog {
  let told: Head | null = null
  let toldAt = Number.NEGATIVE_INFINITY

  async function flush(): Promise<void> {
    try {
      const head = await audit.head()
      if (head === null || head.hash === told?.hash) return
      told = head
      toldAt = monotonic()
      log({ level: 'info', event: 'audit.head', seq: head.seq, hash: head.hash })
    } catch {
      // A database that cannot be read is told by everything else that asks it.
    }
  }

  return {
    flush,
    async tick() {
      if (monotonic() - toldAt >= minuteMs) await flush()
    },
  }
}
