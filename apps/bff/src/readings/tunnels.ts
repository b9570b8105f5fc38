import { can, type Role } from '@tunnel-console/shared/access'
import type { SourceFailure } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { causesOf } from '../cloudflare/causes.ts'
import type { CloudflareClient, TunnelList } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import { createFailureLog } from './failure-log.ts'
import { createListViews, type ListForm } from './list-view.ts'
import { Polled, type Reading } from './polled.ts'
import type { Prepared } from './prepared.ts'
import type { RecentWrites } from './recent-writes.ts'
import { isUntouched } from './untouched.ts'

export type TunnelReadings = ReturnType<typeof createTunnelReadings>

/** A list that lost more than half of the tunnels: believed only when a second reading says the same. */
class Doubted extends ProblemError {
  readonly list: TunnelList

  constructor(list: TunnelList) {
    const detail = `Cloudflare’s list suddenly holds ${list.tunnels.length} tunnels`
    super(ProblemError.of('upstream-unexpected', { detail }).problem)
    this.list = list
  }
}

const slowestMs = 60_000

interface ViewOfList {
  prepared: Promise<Prepared>
  /** The same, once it is there. */
  ready: Prepared | null
}

type OnReading = (after: readonly Tunnel[], before: readonly Tunnel[] | null) => void

/**
 * The one shared copy of the tunnel list. However many people watch, Cloudflare is asked once an interval; each role's
 * view is made, hashed and compressed once for each reading.
 */
export function createTunnelReadings(
  client: Pick<CloudflareClient, 'listTunnels' | 'budget'>,
  recent: RecentWrites,
  deps: Deps,
) {
  const failures = createFailureLog('tunnels', deps)
  const listeners: OnReading[] = []
  let doubted: TunnelList | null = null
  const everyMs = () => Math.max(deps.pollSeconds * 1000, shareOf(client.budget()))

  const list = new Polled<TunnelList>({
    async load(last) {
      const read = await client.listTunnels()
      const isBelieved = last === null || !isSuspicious(last, read) || (doubted && isAlike(doubted, read))
      doubted = isBelieved ? null : read
      if (!isBelieved) throw new Doubted(read)
      return last === null ? read : { ...read, tunnels: await recent.upheld(read.tunnels) }
    },
    everyMs,
    deps,
    onReading(value, before) {
      failures.recovered()
      for (const tell of listeners) tell(value.tunnels, before?.tunnels ?? null)
    },
    onFailure: failures.failed,
  })
  const views = new Map<string, ViewOfList>()
  const prepareList = createListViews(deps.brotli)

  const put = (id: string, tunnel: Tunnel | null) =>
    list.amend((value) => {
      const others = value.tunnels.filter((entry) => entry.id !== id)
      return { ...value, tunnels: tunnel ? [...others, tunnel] : others }
    })

  /** What a view depends on: the same name, the same bytes. */
  function nameOfView({ sequence }: Reading<TunnelList>, role: Role, form: ListForm): { state: string; name: string } {
    const state = `${sequence} ${list.isStale()} ${doubted?.tunnels.length} ${list.lastFailure?.problem.code}`
    return { state, name: `${state} ${can(role, 'tunnel.read') ? 'whole' : 'reduced'} ${form}` }
  }

  async function prepareView({ value, at }: Reading<TunnelList>, role: Role, form: ListForm): Promise<Prepared> {
    const about = {
      stale: list.isStale(),
      unreadable: value.unreadable,
      doubted: doubted && { tunnels: doubted.tunnels.length },
      failure: failureOf(list),
    }
    const fetchedAt = new Date(at).toISOString()
    return prepareList({ tunnels: value.tunnels, role, form, about, fetchedAt })
  }

  return {
    list,

    /** Calls back after each reading that counts, with what it replaces. */
    onReading: (tell: OnReading) => void listeners.push(tell),

    /** The list as a role may see it, ready to send. */
    async view(role: Role, form: ListForm): Promise<Prepared> {
      const reading = await list.read()
      const { state, name } = nameOfView(reading, role, form)
      if (![...views.keys()].some((key) => key.startsWith(`${state} `))) views.clear()
      const known = views.get(name)
      if (known) return known.prepared
      const view: ViewOfList = { prepared: prepareView(reading, role, form), ready: null }
      views.set(name, view)
      view.prepared.then(
        (ready) => {
          view.ready = ready
        },
        () => views.delete(name),
      )
      return view.prepared
    },

    /** What `view` would give, when it would give it at once. */
    ready(role: Role, form: ListForm): Prepared | null {
      const reading = list.current()
      return reading && (views.get(nameOfView(reading, role, form).name)?.ready ?? null)
    },

    /** Puts the result of a write into the copy: the tunnel as it stands, that it is gone, or the date of its new key. */
    wrote(id: string | null, result: Tunnel | { keyDate: string | null } | null): void {
      const former = list.peek()?.value.tunnels.find((entry) => entry.id === id)
      const tunnel = result && 'keyDate' in result ? former && withKey(former, result.keyDate) : result
      if (id === null || tunnel === undefined) {
        list.invalidate()
        return
      }
      recent.wrote(id, tunnel)
      put(id, tunnel)
    },

    /**
     * Puts a newer reading of one tunnel into the copy, and gives what the copy had of it: one tunnel or none. `null` when
     * there is nothing to tell: no copy, or the same tunnel.
     */
    saw(tunnel: Tunnel): Tunnel[] | null {
      const copy = list.peek()
      const former = copy?.value.tunnels.find(({ id }) => id === tunnel.id)
      if (!copy || (former && isUntouched(former, tunnel))) return null
      put(tunnel.id, tunnel)
      return former ? [former] : []
    },

    /** All tunnels have been put back by ourselves: the next reading stands in for them without a comparison. */
    forget(): void {
      list.clear()
    },

    /** A write has been made, and nobody knows what it did: the copy counts as old. */
    unsure: () => list.invalidate(),

    /** The name of a tunnel as last seen, or an empty text: for audit entries that are written before any reading. */
    nameOf(id: string): string {
      return list.peek()?.value.tunnels.find((tunnel) => tunnel.id === id)?.name ?? ''
    },
  }
}

/** Why the last reading failed, for people; `null` when it did not. */
export function failureOf({ lastFailure }: Pick<Polled<unknown>, 'lastFailure'>): SourceFailure | null {
  if (!lastFailure) return null
  const { code, title } = lastFailure.problem
  return { code, title, causes: causesOf(lastFailure) }
}

/** The pace at which half of what is left of Cloudflare's budget would last until it is renewed: others need the rest (U7). */
function shareOf(budget: ReturnType<CloudflareClient['budget']>): number {
  if (!budget) return 0
  return Math.min(slowestMs, (2 * budget.resetAfterMs) / Math.max(1, budget.remaining))
}

const withKey = (tunnel: Tunnel, last_generated_on: string | null): Tunnel => ({
  ...tunnel,
  psk_metadata: { last_generated_on },
})

function isSuspicious(last: TunnelList, read: TunnelList): boolean {
  const [had, has] = [last.tunnels.length, read.tunnels.length]
  return (had > 0 && has === 0) || (had >= 4 && has < had / 2)
}

function isAlike(first: TunnelList, second: TunnelList): boolean {
  const ids = new Set(first.tunnels.map(({ id }) => id))
  return first.tunnels.length === second.tunnels.length && second.tunnels.every(({ id }) => ids.has(id))
}
