import type { HeadLog } from '../audit/head.ts'
import type { Refusals } from '../audit/refusals.ts'
import type { Deps } from '../deps.ts'
import type { Handoffs } from '../handoffs/handoffs.ts'
import type { History } from '../history/history.ts'
import { describe } from '../http/on-error.ts'
import type { Runner } from '../jobs/runner.ts'
import { idleEveryMs } from '../readings/polled.ts'
import type { StatusReadings } from '../readings/status.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { Views } from '../readings/views.ts'
import type { Undos } from '../undo/undos.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import type { OutsideLog } from './outside.ts'
import type { Settle } from './settle.ts'
import type { Watch } from './watch.ts'

interface TickServices {
  tunnels: TunnelReadings
  status: StatusReadings
  watch: Watch
  settle: Settle
  outside: OutsideLog
  refusals: Refusals
  head: HeadLog
  views: Views
  handoffs: Pick<Handoffs, 'tick'>
  undos: Pick<Undos, 'tick' | 'isCounting'>
  runner: Pick<Runner, 'tick'>
  webhooks: Pick<Webhooks, 'tick'>
  states: { history: Pick<History, 'backfill'>; calls: { step(): Promise<void> } }
  /** What forgets by and by. */
  tidied: readonly { tidy(): Promise<void> }[]
  deps: Pick<Deps, 'monotonic' | 'background' | 'now' | 'log' | 'outside'>
}

const tidyEveryMs = 3_600_000
const againMs = 1000
/** How much of the time before one minute's wake-up reads: half of the queries that it may use. */
const stretchesAMinute = 10

/**
 * Everything that time causes: polls, looks at what is watched, jobs, what the database refused, and tidying up. One wake-up
 * serves all of it. Idempotent, bounded by the time limits of one read, and never throws.
 */
export function createTicks({
  tunnels,
  status,
  watch,
  settle,
  outside,
  refusals,
  head,
  views,
  handoffs,
  undos,
  runner,
  webhooks,
  states,
  tidied,
  deps,
}: TickServices) {
  let isTicking = false
  let tidiedAt = deps.monotonic()
  let isNamed = false

  /** What rests in the database alone: any process may do it, and several at once. */
  async function keep({ isTidying }: { isTidying: boolean }): Promise<void> {
    await Promise.allSettled([
      settle.retry(),
      outside.retry(),
      refusals.flush(),
      head.tick(),
      handoffs.tick(),
      ...(isTidying ? tidied.map((part) => part.tidy()) : []),
    ])
  }

  /**
   * All that a process can do which lives for a moment and is not alone, such as a cron trigger calls: reads how all tunnels
   * stand and keeps it, tells of it where messages can be sent, fills in what nobody measured, and tidies at the full hour. It
   * changes no tunnel: what is watched, jobs and undos need the one owner. Never throws.
   */
  async function minute(): Promise<void> {
    await states.calls.step()
    await (deps.outside && webhooks.tick())
    await keep({ isTidying: deps.now().getUTCMinutes() === 0 })
    try {
      for (let read = 0; read < stretchesAMinute; read++) if (!(await states.history.backfill.step())) return
    } catch (error) {
      deps.log({ level: 'info', event: 'history.backfill-waits', cause: describe(error) })
    }
  }

  /** All that time causes. Never throws; answers in how many milliseconds it wants to be called again. */
  async function tick(): Promise<number> {
    if (isTicking) return againMs
    isTicking = true
    let looks: Promise<unknown> = Promise.resolve()
    try {
      // The account's name is asked for once ahead: whoever signs in first should not wait for it.
      if (!isNamed) deps.background(views.accountName())
      isNamed = true
      for (const polled of [tunnels.list, status.health]) {
        const wants = views.isWatched() || undos.isCounting() || polled.age() >= idleEveryMs
        if (wants && polled.isDue()) deps.background(polled.refresh())
      }
      // A source that has fallen silent makes states unknown without a reading.
      status.recordIfDue()
      deps.background(states.history.backfill.tick())
      const isTidying = deps.monotonic() - tidiedAt >= tidyEveryMs
      if (isTidying) tidiedAt = deps.monotonic()
      looks = Promise.allSettled([watch.tick(), undos.tick(), runner.tick(), webhooks.tick()])
      deps.background(looks)
      await keep({ isTidying })
    } finally {
      isTicking = false
    }
    // Whoever drives the ticks sees the looks done; a look that hangs holds up nothing else.
    await Promise.race([looks, new Promise((resolve) => setTimeout(resolve, againMs))]).catch(() => {})
    return againMs
  }

  return { tick, minute }
}
