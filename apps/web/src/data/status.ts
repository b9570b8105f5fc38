import { endpoints } from '@tunnel-console/shared/contract'
import { polledQuery } from './polled.ts'

/** The status of every tunnel, polled. It answers `Fetched<StatusAnswer>`. */
export const statusQuery = () => polledQuery(['status'], endpoints.status)

/** Status that is older than this is told as what was. By the wall clock: a laptop may have slept (H4). */
const oldAfterMs = 75_000

export function isOldAt(fetchedAt: string | undefined, now: Date): boolean {
  return fetchedAt !== undefined && now.getTime() - Date.parse(fetchedAt) > oldAfterMs
}
