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
  // Of a key a version knows only that there is one: where nothing else differs, it was that.
  return `Changed ${labels.length > 0 ? namesText(labels) : 'MD5 key'}`
}

/** "Version 12, changed Description, Nov 22, 14:02, ada@example.com": a state by what led to it, or for `before` by what ended it. */
export function snapshotLabel({ seq, at, by, side }: Snapshot, versions: readonly TunnelVersion[]): string {
  const version = versions.find((entry) => entry.seq === seq)
  const what = version ? `, ${lowered(whatWords(version))}` : ''
  return `${snapshotName({ seq, side })}${what}, ${nearTime(new Date(at))}, ${authorWord(by)}`
}

const snapshotName = ({ seq, side }: Pick<Snapshot, 'seq' | 'side'>) =>
  `${side === 'before' ? 'Before version' : 'Version'} ${seq}`

/** "Version 12, Nov 22, 14:02": as much as a select shows of it on a phone. */
export const shortLabel = (snapshot: Snapshot): string =>
  `${snapshotName(snapshot)}, ${nearTime(new Date(snapshot.at))}`

/** "Changed Description, by ada@example.com": the rest of it. */
export function snapshotDetail({ seq, by }: Snapshot, versions: readonly TunnelVersion[]): string {
  const version = versions.find((entry) => entry.seq === seq)
  return version ? `${whatWords(version)}, by ${authorWord(by)}` : `By ${authorWord(by)}`
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
