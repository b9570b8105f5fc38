import type { AuditStore } from '../audit/store.ts'
import { asValue } from '../changes/answered.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { PlannedView } from '../planned/planned.ts'
import { createStatusReadings } from '../readings/status.ts'
import { createTrafficSource } from '../readings/traffic-source.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { SettingsStore } from '../settings/store.ts'
import { createHistory, type History } from './history.ts'
import { createOlder } from './older.ts'
import { createRecorder } from './recorder.ts'
import { createStateChanges, type StateChangesAsked } from './state-changes.ts'
import { createHistoryStore } from './store.ts'

interface StatesServices {
  client: CloudflareClient
  tunnels: TunnelReadings
  audit: Pick<AuditStore, 'list'>
  settings: Pick<SettingsStore, 'read'>
  planned: PlannedView
  deps: Deps
}

/** How all tunnels stand and stood: the readings of status, what keeps them, and what people and machines ask of both. */
export function createStates({ client, tunnels, audit, settings, planned, deps }: StatesServices) {
  const store = createHistoryStore(deps)
  const recorder = createRecorder(store, deps)
  const traffic = createTrafficSource(deps)
  const status = createStatusReadings({ client, tunnels, recorder, traffic, planned, deps })
  const older = createOlder({
    listed: () => tunnels.list.peek()?.value.tunnels ?? [],
    isRefused: () => status.health.lastFailure?.problem.code === 'upstream-unauthorized',
    deps,
  })
  const changes = createStateChanges({ tunnels, recorder, store, older, deps })
  const history = createHistory({
    client,
    tunnels,
    standingOf: status.of,
    recorder,
    store,
    traffic,
    audit,
    settings,
    planned,
    older,
    deps,
  })

  async function step(): Promise<void> {
    await Promise.all([tunnels.list.refresh(), status.health.refresh()])
    await recorder.idle()
  }

  return {
    status,
    history,
    /** Resolves when what has been read so far is kept. */
    idle: recorder.idle,
    calls: {
      /** One tunnel from close by. */
      standing: (...asked: Parameters<History['standing']>) => asValue(history.standing(...asked)),
      of: (...asked: Parameters<History['of']>) => asValue(history.of(...asked)),
      /** What became of the states of all tunnels in a time, ready to send. */
      changes: (asked: StateChangesAsked, ifNoneMatch?: string) => asValue(changes.view(asked, ifNoneMatch)),
      /** Reads all sources once and keeps what they show: what a cron trigger calls where no process goes on. */
      step,
      /** Reads one more stretch of the time before the console's own measuring; `false` where none is left. */
      backfill: history.backfill.step,
      /** Rows of analytics, within the queries that whoever asks may use. */
      analytics: client.analytics,
      /** Calls back for each tunnel that goes from one state to another, once that is written down. */
      onTransition: recorder.onTransition,
    },
  }
}
