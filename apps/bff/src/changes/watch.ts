import { ProblemError } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { Facts } from './change.ts'
import { kindOf } from './kinds.ts'
import { doneOf, type Look, lookAtCloudflare, lookAtList } from './look.ts'
import type { Seal } from './seal.ts'
import type { Begun, Settle } from './settle.ts'

/** Pauses between looks, in milliseconds; the last one is repeated until the watch ends. */
const pauses = [2000, 3000, 5000, 10_000, 15_000, 30_000]

/** No other change of the same tunnel goes out so soon after a lost answer: the lost one may still come and overwrite it. */
export const quarantineMs = 30_000

/** After this long without a trace a lost change is told as not applied. Its turning up later is still noticed. */
export const watchMs = 5 * 60_000

const forgetMs = 24 * 3600_000

interface Watched {
  begun: Begun
  facts: Facts
  /** Monotonic milliseconds. */
  since: number
  dueAt: number
  looks: number
  looking: Promise<boolean> | null
  /** Told as ended; kept for a day, since it may turn up in a list. */
  isOver: boolean
}

interface WatchServices {
  client: CloudflareClient
  seal: Seal
  settle: Settle
  deps: Pick<Deps, 'monotonic'>
}

export type Watch = ReturnType<typeof createWatch>

/**
 * Changes whose answer was lost, until it is known what became of them: looks at growing intervals for five minutes, and
 * from then on at each reading of the list. An end that was told wrongly for want of a trace turns when the trace appears.
 */
export function createWatch({ client, seal, settle, deps }: WatchServices) {
  const watched = new Map<string, Watched>()
  const age = ({ since }: Watched) => deps.monotonic() - since
  const isWatched = (entry: Watched) => watched.get(entry.begun.id) === entry

  /** Acts on what a look showed. Answers whether the change is known now. */
  async function apply(entry: Watched, look: Look): Promise<boolean> {
    const { begun, facts } = entry
    const { finding, tunnel } = look
    // Somebody else's look, newer or older than ours, has told the end meanwhile.
    if (!isWatched(entry)) return true
    if (finding.fate === 'applied' || finding.fate === 'lost') watched.delete(begun.id)
    if (finding.fate === 'applied') {
      await settle.applied(begun, await doneOf(facts, { finding, tunnel }), facts)
      return true
    }
    if (finding.fate === 'lost') {
      settle.saw(tunnel)
      await settle.ended(begun, lost(entry, tunnel))
      return true
    }
    if (!entry.isOver && age(entry) >= watchMs) await giveUp(entry, look)
    return false
  }

  async function giveUp(entry: Watched, { finding, tunnel }: Look): Promise<void> {
    const { begun } = entry
    entry.isOver = true
    if (begun.change.kind === 'generate-key') {
      watched.delete(begun.id)
      await settle.ended(begun, lost(entry, tunnel))
    } else if (finding.fate === 'moved') {
      const detail = 'The tunnel has been changed since, so nobody can tell any more whether this happened.'
      await settle.ended(begun, ProblemError.of('outcome-unknown', { detail }))
    } else {
      const detail = 'Cloudflare was read again and again for minutes: nothing of it is there.'
      await settle.ended(begun, ProblemError.of('not-applied', { detail }))
    }
  }

  /** One look at a time: whoever comes meanwhile shares it. */
  function lookNow(entry: Watched): Promise<boolean> {
    entry.looking ??= lookOnce(entry).finally(() => {
      entry.looking = null
    })
    return entry.looking
  }

  async function lookOnce(entry: Watched): Promise<boolean> {
    entry.looks++
    entry.dueAt = deps.monotonic() + (pauses[Math.min(entry.looks, pauses.length - 1)] ?? 0)
    const look = await lookAtCloudflare(client, seal, entry.begun.change, entry.facts).catch(() => null)
    return look !== null && apply(entry, look)
  }

  const ofLock = (lock: string) => [...watched.values()].filter(({ begun }) => begun.lock === lock)

  return {
    add(begun: Begun, facts: Facts, isOver = false): void {
      const since = deps.monotonic()
      watched.set(begun.id, { begun, facts, since, dueAt: since + (pauses[0] ?? 0), looks: 0, looking: null, isOver })
    },

    /** Whether it is waited for: then its end is not told yet. */
    isWaiting: (id: string) => watched.get(id)?.isOver === false,

    /** The facts of the changes that are waited for: they may explain what a list shows. */
    waiting: (): Facts[] => [...watched.values()].filter(({ isOver }) => !isOver).map(({ facts }) => facts),

    /**
     * Before another change of the same tunnel: looks once more at those whose answer was lost. Throws `unsettled` while
     * one of them may still come. What it gives is called when the other change leaves: they end then, since what is there
     * from now on is no trace of them.
     */
    async clear(lock: string): Promise<() => Promise<void>> {
      const left: Watched[] = []
      for (const entry of ofLock(lock)) {
        if ((await lookNow(entry)) || !isWatched(entry)) continue
        const waitMs = quarantineMs - age(entry)
        if (!entry.isOver && waitMs > 0) throw unsettled(entry, waitMs)
        left.push(entry)
      }
      return async () => {
        for (const entry of left.filter(isWatched)) {
          watched.delete(entry.begun.id)
          await settle.superseded(entry.begun, entry.isOver)
        }
      }
    },

    /** Looks at one change now. Answers whether it is known after it. */
    async look(id: string): Promise<boolean> {
      const entry = watched.get(id)
      return !entry || lookNow(entry)
    },

    /** A list has been read: holds everything watched against it, and gives the facts of what it settled. */
    async noticed(list: readonly Tunnel[]): Promise<Facts[]> {
      const settled: Facts[] = []
      for (const entry of [...watched.values()]) {
        if (age(entry) > forgetMs) watched.delete(entry.begun.id)
        const look = await lookAtList(list, seal, entry.begun.change, entry.facts)
        const isKnown = look ? await apply(entry, look) : entry.isOver && (await lookNow(entry))
        if (isKnown) settled.push(entry.facts)
      }
      return settled
    },

    /** Looks at what is due. Bounded: each look is one read with its time limits. */
    async tick(): Promise<void> {
      const now = deps.monotonic()
      const due = [...watched.values()].filter(({ isOver, dueAt }) => !isOver && dueAt <= now)
      await Promise.all(due.slice(0, 4).map(lookNow))
    },
  }
}

function lost({ begun, facts }: Watched, tunnel: Tunnel | null): ProblemError {
  return ProblemError.of('outcome-unknown', { detail: kindOf(begun.change).lost(facts, tunnel) })
}

function unsettled({ begun }: Watched, left: number): ProblemError {
  const who = begun.author.email
  const detail = `Cloudflare did not confirm an earlier change by ${who}, and it may still take effect. Nothing was sent.`
  return ProblemError.of('unsettled', { detail, retryAfter: Math.ceil(left / 1000) })
}
