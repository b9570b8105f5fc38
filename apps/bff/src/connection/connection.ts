import type { ConnectionReport } from '@tunnel-console/shared/connection'
import type { Deps } from '../deps.ts'
import { type CheckServices, checkConnection } from './check.ts'

/** A check asks Cloudflare up to a dozen things, so everybody who wants one within a minute shares it. */
const everyMs = 60_000

/**
 * How the console stands to Cloudflare: the latest check, or a new one once that is a minute old. In monotonic time. One check
 * at most is ever under way.
 */
export function createConnection(services: CheckServices & { deps: Pick<Deps, 'background'> }) {
  const { monotonic, background } = services.deps
  let last: { report: Omit<ConnectionReport, 'againInSeconds'>; begunAt: number } | null = null
  let underWay: Promise<void> | null = null

  async function check(): Promise<void> {
    const begunAt = monotonic()
    last = { report: await checkConnection(services), begunAt }
  }

  const restMs = () => (last ? last.begunAt + everyMs - monotonic() : 0)

  return async function report(): Promise<ConnectionReport> {
    if (!last || restMs() <= 0) {
      underWay ??= check().finally(() => {
        underWay = null
      })
      background(underWay.catch(() => undefined))
      await underWay
    }
    if (!last) throw new TypeError('A check that ended has left a report')
    return { ...last.report, againInSeconds: Math.max(1, Math.ceil(restMs() / 1000)) }
  }
}
