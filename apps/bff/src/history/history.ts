import type { Role } from '@tunnel-console/shared/access'
import { siteOf } from '@tunnel-console/shared/site'
import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { TunnelHistoryAnswer, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { covering, toldPeriods, uptimeOf } from '@tunnel-console/shared/status-periods'
import { believedMs } from '@tunnel-console/shared/status-steps'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { AuditStore } from '../audit/store.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { AskedTime } from '../http/moments.ts'
import type { PlannedView } from '../planned/planned.ts'
import { madeAt } from '../readings/of-their-own.ts'
import type { TrafficSource } from '../readings/traffic-source.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { SettingsStore } from '../settings/store.ts'
import { createBackfill } from './backfill.ts'
import { causeFor } from './cause.ts'
import { createCloseUps, recoveryOf } from './closeup.ts'
import { changeMarks } from './marks.ts'
import type { Older } from './older.ts'
import { timeOf } from './range.ts'
import type { Recorder } from './recorder.ts'
import type { HistoryStore } from './store.ts'
import { createTrafficHistory } from './traffic-history.ts'

interface HistoryServices {
  client: Pick<CloudflareClient, 'analytics' | 'getTunnel'>
  tunnels: TunnelReadings
  /** How a tunnel stands by the shared copies. */
  standingOf: (tunnel: Tunnel) => TunnelStatus
  recorder: Recorder
  store: HistoryStore
  traffic: TrafficSource
  audit: Pick<AuditStore, 'list'>
  settings: Pick<SettingsStore, 'read'>
  planned: Pick<PlannedView, 'refresh'>
  older: Older
  deps: Deps
}

const dayMs = 24 * 3_600_000
const beforeMs = 30 * 60_000

/** `null`: it is gone. */
const namedOf = (tunnel: Tunnel | null) => ({
  name: tunnel?.name ?? '',
  madeAt: madeAt(tunnel ?? { created_on: null }),
})

export type History = ReturnType<typeof createHistory>

/** How a tunnel stands and how it got there: what one page asks for, and what time does to it. */
export function createHistory(services: HistoryServices) {
  const { client, tunnels, standingOf, recorder, store, traffic, audit, settings, planned, older, deps } = services
  const listed = () => tunnels.list.peek()?.value.tunnels ?? []
  const trafficOf = createTrafficHistory(client, deps, traffic.told)
  const closeUpOf = createCloseUps(client, deps, traffic.told)
  const backfill = createBackfill({ client, store, recorder, listed, deps })

  /** The tunnel as last read, or as Cloudflare tells it. Throws `not-found`. */
  async function tunnelOf(id: string): Promise<Tunnel> {
    await tunnels.list.readSoon(1000)
    return listed().find((tunnel) => tunnel.id === id) ?? Tunnel.parse(await client.getTunnel(id))
  }

  /** Its periods; what nobody has looked at since is not known to go on. */
  async function periodsOf(id: string, { from, to }: { from: number; to: number }) {
    const [rows] = await Promise.all([store.of(id, from, to), recorder.loaded()])
    const lookedAt = recorder.lookedAt()
    const isWatched = lookedAt !== null && deps.now().getTime() - lookedAt <= believedMs
    return rows.map((row) => (row.to === null && !isWatched ? { ...row, to: Math.max(row.from, lookedAt ?? 0) } : row))
  }

  /** As they are told, from a moment until now. */
  async function toldSince(id: string, from: number) {
    const to = deps.now().getTime()
    const kept = await periodsOf(id, { from, to })
    return toldPeriods(
      covering(kept, from, to),
      kept.some((period) => period.to === null),
    )
  }

  return {
    backfill,

    /** How a tunnel fared over a time, the last day unless somebody asks otherwise. Throws `not-found`, and `invalid` for a time that is none. */
    async of(id: string, asked: AskedTime, role: Role): Promise<TunnelHistoryAnswer> {
      const now = deps.now().getTime()
      const time = timeOf(asked, now)
      const kept = await periodsOf(id, time)
      // Of a tunnel that is gone there still is what was kept.
      const known = listed().find((tunnel) => tunnel.id === id) ?? (kept.length > 0 ? null : await tunnelOf(id))
      const periods = covering(kept, time.from, time.to)
      const isOpen = time.to >= now && kept.some(({ to }) => to === null)
      const [changes, bitRates, stillToRead] = await Promise.all([
        changeMarks(audit, role, { id, ...time }),
        trafficOf({ id, ...namedOf(known) }, time.from, time.to),
        older.of(id, time.from),
      ])
      return {
        from: new Date(time.from).toISOString(),
        to: new Date(time.to).toISOString(),
        periods: toldPeriods(periods, isOpen),
        changes,
        ...uptimeOf(periods),
        traffic: bitRates,
        older: stillToRead,
      }
    },

    /** What a responder needs to know of a tunnel now. Throws `not-found`. */
    async standing(id: string, role: Role): Promise<TunnelStatusAnswer> {
      const tunnel = await tunnelOf(id)
      // Announced work is the cause from the moment on that it is announced.
      const [closeUp] = await Promise.all([closeUpOf(namedOf(tunnel)), planned.refresh()])
      const isOld = closeUp !== null && deps.now().getTime() - closeUp.at > believedMs
      const near = isOld ? null : closeUp?.value
      const status = standingOf(tunnel)
      const now = deps.now()
      const began = status.state === 'up' || status.since === null ? now.getTime() : Date.parse(status.since)
      const site = siteOf(tunnel.name)
      const mates = listed().filter((other) => other.id !== id && siteOf(other.name) === site)
      const dataCentres = near?.dataCentres ?? []
      const changes = await changeMarks(audit, role, { id, from: began - beforeMs, to: began })
      const periodsSince = (from: number) => toldSince(id, from)
      return {
        status,
        dataCentres,
        cause: await causeFor({ tunnel, status, dataCentres, changes, periodsSince, role, now }),
        recovery: status.state === 'recovering' ? recoveryOf(near?.passingSince ?? null) : null,
        changes,
        site: mates.map((other) => ({ id: other.id, name: other.name, status: standingOf(other) })),
        fetchedAt: new Date(closeUp?.at ?? now.getTime()).toISOString(),
      }
    },

    /** Forgets what is older than the setting says. */
    async tidy(): Promise<void> {
      const { statusHistoryDays } = await settings.read()
      await store.forget(deps.now().getTime() - statusHistoryDays * dayMs)
    },
  }
}
