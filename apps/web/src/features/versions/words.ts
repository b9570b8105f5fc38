import type { TunnelVersion } from '@tunnel-console/shared/api'
import { outsideActor } from '@tunnel-console/shared/audit'
import { changesOf, type Snapshot } from '@tunnel-console/shared/versions'
import { nearTime } from '../../lib/format.ts'
import { namesText } from '../../lib/names-text.ts'

/** Who made a version: an address, or "somebody outside this console". */
export const authorWord = (by: string): string => (by === outsideActor.email ? 'somebody outside this console' : by)

/** "Changed Description, Health check rate": what a change did. */
export function whatWords(version: TunnelVersion): string {
  if (version.before === null) return 'Created'
  if (version.after === null) return 'Deleted'
  const labels = changesOf(version).map(({ label }) => label)
  return labels.length > 0 ? `Changed ${namesText(labels)}` : 'Changed nothing that a version holds'
}

/** "Nov 22, 14:02, ada@example.com": a state, to choose it by. */
export function snapshotLabel({ at, by, side }: Snapshot): string {
  return `${side === 'before' ? 'Before ' : ''}${nearTime(new Date(at))}, ${authorWord(by)}`
}
