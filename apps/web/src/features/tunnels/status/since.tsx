import type { TunnelStatus } from '@tunnel-console/shared/status'
import { shortDuration, shortTime } from '../../../lib/format.ts'
import { useStore } from '../../../lib/store.ts'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { TimeAgo } from '../../../ui/time-ago.tsx'

/** "since 14:02 (11 min)", or "at least since …" where nobody measured what was before. The exact time is on hover and focus. */
export function Since({ since, isSinceExact }: Pick<TunnelStatus, 'since' | 'isSinceExact'>) {
  useStore(timesInUtc)
  if (since === null) return <span className="font-normal text-fg-2">since when is not known</span>
  const words = (at: Date, now: Date) =>
    `${isSinceExact ? 'since' : 'at least since'} ${shortTime(at, now)} (${shortDuration((now.getTime() - at.getTime()) / 1000)})`
  return (
    <span className="whitespace-normal">
      <TimeAgo at={since} format={words} />
    </span>
  )
}
