import { shortDuration } from '../../lib/format.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { TunnelRow } from './tunnel-rows.ts'

/** "for 3 h", or "for ≥ 3 h" where nobody measured what was before. The exact time is on hover and focus. */
export function ForHowLong({ status: { since, isSinceExact } }: Pick<TunnelRow, 'status'>) {
  if (since === null) return null
  const words = (at: Date, now: Date) =>
    `for ${isSinceExact ? '' : '≥ '}${shortDuration((now.getTime() - at.getTime()) / 1000)}`
  return <TimeAgo at={since} format={words} />
}
