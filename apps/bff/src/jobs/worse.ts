import { stateRank, stateWords, type TunnelState } from '@tunnel-console/shared/status'

/** States that say nothing of how a tunnel fares. */
const silent: readonly TunnelState[] = ['unknown', 'not-monitored', 'needs-key']

/** Which of these tunnels stand worse than before, in words for a person; `null`: none. */
export function worseOf(
  tunnels: readonly { name: string; before: TunnelState | null; now: TunnelState | null }[],
): string | null {
  const words = tunnels.flatMap(({ name, before, now }) => {
    if (before === null || now === null || silent.includes(before) || silent.includes(now)) return []
    if (stateRank(now) >= stateRank(before)) return []
    return [`${name} was ${stateWords[before]} and is ${stateWords[now]} since its change`]
  })
  const [first] = words
  if (first === undefined) return null
  return words.length === 1 ? `${first}.` : `${first}; ${words.length - 1} more turned worse.`
}
