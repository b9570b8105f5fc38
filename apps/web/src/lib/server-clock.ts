/** `Date` has whole seconds and is as old as the way here: what is less than this is no difference. */
export const clockNoiseMs = 5000

let aheadMs = 0

/** Learns from an answer how far the server's clock is from this machine's. */
export function noteServerTime({ headers }: Response): void {
  const at = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(at)) return
  const difference = at - Date.now()
  aheadMs = Math.abs(difference) < clockNoiseMs ? 0 : difference
}

/**
 * How far the server's clock is ahead of this machine's, in milliseconds. A session ends by the server's: where a clock is
 * minutes off, a warning by our own would come too late or never.
 */
export const serverAhead = (): number => aheadMs

/** What the server's clock shows now, as near as it is known: it judges whether a moment has passed. */
export const serverNow = (): Date => new Date(Date.now() + aheadMs)
