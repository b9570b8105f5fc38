/** `Date` has whole seconds and is as old as the way here: what is less than this is no difference. */
const noiseMs = 5000

let aheadMs = 0

/** Learns from an answer how far the server's clock is from this machine's. */
export function noteServerTime({ headers }: Response): void {
  const at = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(at)) return
  const difference = at - Date.now()
  aheadMs = Math.abs(difference) < noiseMs ? 0 : difference
}

/**
 * The time now by the server's clock, in milliseconds. A session ends by that one: on a machine whose clock is minutes off,
 * a warning by its own would come too late or never.
 */
export const serverNow = (): number => Date.now() + aheadMs
