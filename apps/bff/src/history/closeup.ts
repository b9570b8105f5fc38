import type { ProblemError } from '@tunnel-console/shared/problem'
import type { DataCentreHealth, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import type { AnalyticsRow } from '../cloudflare/analytics.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { dataCentresOf, healthAsk, scoreOf } from '../cloudflare/health.ts'
import { bitsByCentre, shareAsk } from '../cloudflare/traffic.ts'
import type { Deps } from '../deps.ts'
import type { Named } from './former-names.ts'
import { createSharedReads } from './shared-reads.ts'

const minuteMs = 60_000
/** Cloudflare holds a lower state for as long as this at least. */
const heldMs = 5 * minuteMs
/** Probes recover within half an hour, or have not. */
const lookBackMs = 30 * minuteMs

export interface CloseUp {
  dataCentres: DataCentreHealth[]
  /** Since when the checks of the newest minutes pass, in milliseconds; `null` where they do not. */
  passingSince: number | null
}

/** One tunnel from close by: its data centres and its last half hour. Asked for by whoever looks at it, once a minute for all. */
export function createCloseUps(
  { analytics }: Pick<CloudflareClient, 'analytics'>,
  deps: Deps,
  onTraffic: (failure: ProblemError | null) => void,
) {
  const shared = createSharedReads<CloseUp>({ most: 200, everyMs: minuteMs, patienceMs: 5000 }, deps, () => undefined)

  async function read(name: string, madeAt: number): Promise<CloseUp> {
    const now = deps.now()
    // Before it was made, the name may have been another's.
    const ask = (ms?: number) => {
      const asked = healthAsk(now, ms)
      return { ...asked, from: Math.min(asked.to, Math.max(asked.from, madeAt || 0)), names: [name] }
    }
    const [centres, minutes, traffic] = await Promise.all([
      analytics({ ...ask(), dimensions: ['active', 'edgeColoCode', 'edgeColoCity', 'edgeColoCountry'] }, 'page'),
      analytics({ ...ask(lookBackMs), dimensions: ['active', 'datetimeMinute'] }, 'page'),
      analytics(shareAsk(now, [name]), 'page').then(
        (rows) => {
          onTraffic(null)
          return bitsByCentre(rows).get(name) ?? new Map<string, number>()
        },
        (error: ProblemError) => {
          onTraffic(error)
          return null
        },
      ),
    ])
    return { dataCentres: dataCentresOf(centres, traffic), passingSince: passingSince(minutes) }
  }

  return ({ name, madeAt }: Named) => shared(`${madeAt} ${name}`, () => read(name, madeAt))
}

function passingSince(rows: readonly AnalyticsRow[]): number | null {
  const byMinute = Map.groupBy(rows, (row) => Date.parse(row.of('datetimeMinute')))
  const minutes = [...byMinute].filter(([at]) => !Number.isNaN(at)).sort(([one], [other]) => other - one)
  const failing = minutes.findIndex(([, own]) => (scoreOf(own)[0] ?? 0) < 0.8)
  return (failing < 0 ? minutes : minutes.slice(0, failing)).at(-1)?.[0] ?? null
}

/** When Cloudflare may let a recovering tunnel rise, at the earliest. */
export function recoveryOf(passingSince: number | null): TunnelStatusAnswer['recovery'] {
  if (passingSince === null) return null
  const [since, earliest] = [passingSince, passingSince + heldMs].map((at) => new Date(at).toISOString())
  return since !== undefined && earliest !== undefined ? { passingSince: since, earliest } : null
}
