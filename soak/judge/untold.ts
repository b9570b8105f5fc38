import type { OutsideEdit } from '../adversary/ledger.ts'
import type { AuditEntry, History } from '../history.ts'
import type { Violation } from './violation.ts'

const paths = { customer_endpoint: 'customer_endpoint', rate: 'health_check.rate' }

/** How long after an edit a look at the list must show it. Milliseconds. */
const soonMs = 1500

/**
 * Outside edits that left no line in the audit log, though they must have been noticed: somebody looked at the list at
 * least twice afterwards, the process knew the list from before and lived on, nobody edited the field again meanwhile, and
 * no change of the console's own was open on the tunnel.
 */
export function untoldEdits(history: History): Violation[] {
  return history.outside
    .filter((edit) => isDue(history, edit) && !history.audit.some((entry) => tells(entry, edit)))
    .map(({ at, tunnelId, path, before, after }) => ({
      rule: 'outside-untold',
      at,
      says: `the outside edit of ${path} from ${before} to ${after} left no line in the audit log`,
      tunnelId,
    }))
}

function isDue({ lives, ledger, polls, outside, audit }: History, { at, tunnelId, path }: OutsideEdit): boolean {
  const life = lives.find(({ readyAt, endedAt }) => readyAt <= at && (endedAt === null || at < endedAt))
  const again = outside.find((edit) => edit.tunnelId === tunnelId && edit.path === path && edit.at > at)
  const until = Math.min(life?.endedAt ?? Number.POSITIVE_INFINITY, again?.at ?? Number.POSITIVE_INFINITY)
  const wasKnown = ledger.some(
    (entry) =>
      entry.kind === 'list' && entry.listed && entry.at >= (life?.startedAt ?? 0) && (entry.answeredAt ?? at) < at,
  )
  const looks = polls.filter(
    (poll) => [200, 304].includes(poll.status) && poll.at > at + soonMs && poll.at < until - soonMs,
  )
  const wasOpen = (entry: AuditEntry) => {
    const [from, to] = [Date.parse(entry.at), entry.outcome === 'unknown' ? until : Date.parse(entry.settledAt ?? '')]
    return entry.target?.id === tunnelId && from < until && to > at && to - from > soonMs
  }
  const [first, last] = [looks.at(0)?.at ?? 0, looks.at(-1)?.at ?? 0]
  return wasKnown && last - first >= soonMs && !audit.some(wasOpen)
}

function tells({ action, target, changes, at }: AuditEntry, edit: OutsideEdit): boolean {
  if (action !== 'tunnel.changedOutside' || target?.id !== edit.tunnelId || Date.parse(at) < edit.at) return false
  return changes.some(({ path }) => path === paths[edit.path])
}
