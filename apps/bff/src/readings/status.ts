import type { Role } from '@tunnel-console/shared/access'
import type { StatusAnswer, StatusSource } from '@tunnel-console/shared/api'
import type { FirstRows } from '@tunnel-console/shared/first-list'
import { type TunnelStatus, tunnelStatus } from '@tunnel-console/shared/status'
import { believedMs, type Observation } from '@tunnel-console/shared/status-steps'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { HealthReading, HealthSamples } from '../cloudflare/health.ts'
import type { Deps } from '../deps.ts'
import type { Recorder } from '../history/recorder.ts'
import type { PlannedView } from '../planned/planned.ts'
import { createFailureLog } from './failure-log.ts'
import { createFirstRows, type Standing } from './first-rows.ts'
import { madeAt, ofTheirOwn } from './of-their-own.ts'
import { Polled } from './polled.ts'
import { bodyOf, ended, type Prepared } from './prepared.ts'
import { createRefine } from './refine.ts'
import { inSlices } from './slices.ts'
import type { TrafficSource } from './traffic-source.ts'
import { failureOf, type TunnelReadings } from './tunnels.ts'

const healthEveryMs = 60_000
const silenceMs = 30_000
/** A reader waits for what has just been read to be kept, but for no database that hangs. */
const patienceMs = 50

/** For people, or for a screen on a wall. */
export type StatusForm = 'status' | 'wall-status'

interface StatusServices {
  client: Pick<CloudflareClient, 'health' | 'analytics'>
  tunnels: TunnelReadings
  recorder: Recorder
  traffic: TrafficSource
  planned: PlannedView
  deps: Deps
}

export type StatusReadings = ReturnType<typeof createStatusReadings>

/**
 * The status of every tunnel, from the tunnel list (BGP, key), from health analytics and from what was before. A source that
 * fails makes its own part Unknown and nothing else: data older than three readings no longer counts.
 */
export function createStatusReadings({ client, tunnels, recorder, traffic, planned, deps }: StatusServices) {
  const failures = createFailureLog('health', deps)
  const refine = createRefine(client, deps)
  const health = new Polled<HealthSamples>({
    load: read,
    everyMs: () => healthEveryMs,
    deps,
    onReading() {
      failures.recovered()
      record()
    },
    onFailure(error) {
      failures.failed(error)
      record()
    },
  })
  tunnels.onReading(record)
  let recordedAt = Number.NEGATIVE_INFINITY
  let standing: Standing | null = null
  let last: { inputs: string; answers: Map<StatusForm, Promise<Prepared>> } | null = null

  async function read(): Promise<HealthSamples> {
    const now = deps.now()
    // Of tunnels that are no part of the account's list, such as GRE, or are not probed, nothing more is asked.
    const [read, list] = await Promise.all([client.health(now), tunnels.list.readSoon(1000)])
    const listed = list?.value.tunnels ?? []
    const { samples, inherited } = await ofTheirOwn(client, { samples: read, tunnels: listed, now })
    const asked = listed.filter(({ name, health_check: { enabled } }) => enabled && !inherited.has(name))
    const names = new Set(asked.map(({ name }) => name))
    const refined = await refine(samples, names, now)
    traffic.told(refined.trafficFailure)
    return refined.samples
  }

  /**
   * Once there is something to tell: before the first word of health, every tunnel would begin as unknown, and so it would after
   * a sleep, until each source has been asked once more.
   */
  function record(): void {
    if (!tunnels.list.peek() || (!health.peek() && !health.lastFailure)) return
    if (tunnels.list.hasSlept() || health.hasSlept()) return
    recordedAt = deps.monotonic()
    deps.background(recorder.record(observed))
  }

  async function observed(): Promise<Observation[]> {
    const sources = sourcesNow()
    const listed = tunnels.list.peek()?.value.tunnels ?? []
    const observations = await inSlices(listed, (tunnel) => {
      const { id, name, created_on: createdOn } = tunnel
      return { id, name, createdOn, status: measured(tunnel, sources) }
    })
    standing = { tunnels: listed, states: observations.map(({ status }) => status.state) }
    return observations
  }

  /** What the sources say at this moment, for all tunnels that are held against it. */
  function sourcesNow() {
    const list = tunnels.list.peek()
    return {
      now: deps.now(),
      samples: health.peek()?.value,
      isOld: health.age() > believedMs,
      oldList: list && tunnels.list.age() > believedMs ? new Date(list.at).toISOString() : null,
    }
  }

  type Sources = ReturnType<typeof sourcesNow>

  /** By the sources alone, without what was before. */
  function measured(tunnel: Tunnel, { now, samples, isOld, oldList }: Sources): TunnelStatus {
    const named = samples?.get(tunnel.name) ?? null
    // What was measured before it was made was measured of another that had its name.
    const reading = named && madeAt(tunnel) > named.since ? null : named
    return tunnelStatus(tunnel, isOld ? null : (reading?.sample ?? null), now, {
      ...(reading && besideOf(reading, isOld)),
      oldList,
    })
  }

  function statusOf(tunnel: Tunnel, sources: Sources): TunnelStatus {
    const status = measured(tunnel, sources)
    const past = recorder.pastOf(tunnel.id, status.state)
    return { ...status, ...past, was: status.was ?? past.was, planned: planned.of(tunnel.id) }
  }

  const firstRows = createFirstRows({
    statusOf: (tunnel) => statusOf(tunnel, sourcesNow()),
    plannedOf: planned.of,
  })

  async function prepareStatus(form: StatusForm): Promise<Prepared> {
    const list = tunnels.list.peek() ?? (await tunnels.list.read())
    const now = sourcesNow()
    const samples = health.peek()
    const ofList: Omit<StatusSource, 'at'> = { ok: !tunnels.list.isStale(), failure: failureOf(tunnels.list) }
    const others: Omit<StatusAnswer['sources'], 'tunnels'> = {
      health: {
        at: samples && new Date(samples.at).toISOString(),
        ok: samples !== null && !health.isStale(),
        failure: failureOf(health),
      },
      ...traffic.source(),
    }
    const told = form === 'wall-status' ? nameless : (status: TunnelStatus) => status
    const rows = await inSlices(list.value.tunnels, (tunnel) => {
      const status: StatusAnswer['statuses'][string] = told(statusOf(tunnel, now))
      return `${JSON.stringify(tunnel.id)}:${JSON.stringify(status)}`
    })
    const at = new Date(list.at).toISOString()
    const about = `${inner(others)},"tunnels":{${inner(ofList)},"at":`
    return ended(await bodyOf(['{"statuses":{', rows.join(','), '},"sources":{', about]), `"${at}"}}}`, at)
  }

  return {
    health,

    /** The status of one tunnel, by the newest reading of health that there is. */
    of: (tunnel: Tunnel): TunnelStatus => statusOf(tunnel, sourcesNow()),

    /**
     * The top of the list in its usual order, when it can be told at once and nothing is to be said against it; `null` otherwise. Until
     * when work is planned is told in the zone of the reader, which is not known here.
     */
    async first(role: Role): Promise<FirstRows | null> {
      const works = await planned.refresh()
      const list = tunnels.list.peek()
      if (!list || tunnels.list.isStale() || health.isStale()) return null
      if (!standing || standing.tunnels !== list.value.tunnels) return null
      if (list.value.tunnels.length === 0 || list.value.unreadable > 0) return null
      const first = firstRows(standing, role, works)
      if (first.rows.some(({ status }) => status.planned)) return null
      return first
    },

    /** Keeps how all tunnels stand, should nothing have been read for a while: silence changes states too. */
    recordIfDue(): void {
      if (deps.monotonic() - recordedAt >= silenceMs) record()
    },

    /**
     * Every tunnel's status, ready to send. The same for every role: it holds nothing that support may not see. For a screen on
     * a wall it names nobody.
     */
    async view(form: StatusForm): Promise<Prepared> {
      const [list] = await Promise.all([tunnels.list.read(), health.readSoon()])
      const [works] = await Promise.all([planned.refresh(), Promise.race([recorder.idle(), soon()])])
      const quarter = Math.floor(deps.monotonic() / 15_000)
      const staleness = [tunnels.list, health].flatMap((source) => [
        source.isStale(),
        source.age() > believedMs,
        source.lastFailure?.problem.code,
      ])
      const inputs = [list.sequence, health.peek()?.sequence, recorder.revision(), works, quarter, ...staleness].join(
        ' ',
      )
      if (last?.inputs !== inputs) last = { inputs, answers: new Map() }
      const answer = last.answers.get(form) ?? prepareStatus(form)
      last.answers.set(form, answer)
      return answer
    },
  }
}

/** A status as whoever walks by a wall may read it. */
const nameless = (status: TunnelStatus): TunnelStatus =>
  status.planned ? { ...status, planned: { ...status.planned, by: '' } } : status

/** The fields of an object as they stand in its JSON. */
const inner = (fields: object) => JSON.stringify(fields).slice(1, -1)

const soon = () => new Promise((resolve) => setTimeout(resolve, patienceMs))

function besideOf({ sample, recent, affected }: HealthReading, isOld: boolean) {
  return isOld ? { oldHealth: sample } : { recent, affected }
}
