import type { LedgerEntry } from '../adversary/ledger.ts'
import type { Attempt, Op } from '../history.ts'
import type { Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

/** What people were told is true, of every answer at its time. */
export function falseClaims(evidence: Evidence): Violation[] {
  return eachAnswer(evidence, (op, attempt, at, writes) => {
    const done = writes.filter(({ committedAt }) => committedAt !== null)
    const committed = done.find(({ committedAt }) => (committedAt ?? 0) <= at)
    const about = `${attempt.status} ${attempt.code ?? attempt.how}`
    if (attempt.claim === 'applied' && !committed && !isGone(evidence, op, at)) {
      return [
        { rule: 'applied-but-not', says: `was told applied (${about}), and nothing had happened`, write: writes[0] },
      ]
    }
    const denied = done.find((write) => write.at <= at)
    if (isNo(attempt) && denied) {
      return [
        {
          rule: 'not-applied-but-was',
          says: `was told ${attempt.claim} (${about}) of what took effect`,
          write: denied,
        },
      ]
    }
    return []
  })
}

/** A request that was given up before it came stays given up. */
export function closedButSent(evidence: Evidence): Violation[] {
  return eachAnswer(evidence, (_op, { claim }, at, writes) => {
    const write = claim === 'closed' ? writes.find((one) => one.at > at) : undefined
    return write ? [{ rule: 'closed-but-sent', says: 'was told closed, and it was sent afterwards', write }] : []
  })
}

/** What was told once is told again: applied stays applied, whoever asks and however often. */
export function changedStories(evidence: Evidence): Violation[] {
  return eachAnswer(evidence, ({ attempts }, first, at) => {
    if (first.claim !== 'applied') return []
    const other = attempts.find(({ sentAt, claim }) => sentAt > at && !['applied', 'silent', 'nothing'].includes(claim))
    if (!other) return []
    return [
      {
        rule: 'changed-story',
        says: `was told applied, later ${other.claim} (${other.status} ${other.code ?? other.how})`,
      },
    ]
  })
}

/** An answer shows what that very write wrote, never what somebody else did since. */
export function foreignValues(evidence: Evidence): Violation[] {
  return eachAnswer(evidence, (op, { told, how }, _at, writes) => {
    if (op.kind === 'increment' && told.description !== undefined && told.description !== op.description) {
      return [
        { rule: 'foreign-values', says: `wrote "${op.description}" and was shown "${told.description}" (${how})` },
      ]
    }
    const made = writes.find(({ createdId }) => createdId !== null)?.createdId
    if (op.kind === 'create' && told.tunnelId !== undefined && told.tunnelId !== made) {
      return [{ rule: 'foreign-values', says: `created ${made ?? 'nothing'} and was shown ${told.tunnelId}` }]
    }
    return []
  })
}

type Judge = (
  op: Op,
  attempt: Attempt,
  answeredAt: number,
  writes: readonly LedgerEntry[],
) => Pick<Violation, 'rule' | 'says' | 'write'>[]

/** The first violation of each op that a rule finds; dry runs have rules of their own. */
function eachAnswer({ history, writesOf }: Evidence, judge: Judge): Violation[] {
  return history.ops.flatMap((op): Violation[] => {
    if (op.kind === 'dry-run') return []
    for (const attempt of op.attempts) {
      const at = attempt.answeredAt
      const [found] = at === null ? [] : judge(op, attempt, at, writesOf.get(op) ?? [])
      if (found && at !== null) return [{ ...found, at, op, tunnelId: op.tunnelId, says: `${op.id} ${found.says}` }]
    }
    return []
  })
}

const isNo = ({ claim }: Attempt) => claim === 'not-applied' || claim === 'closed'

/** That a tunnel is gone is what a deletion wants, whoever did it. */
function isGone({ writes }: Evidence, op: Op, at: number): boolean {
  if (op.kind !== 'delete') return false
  return writes.some(
    ({ kind, tunnelId, committedAt }) =>
      kind === 'delete' && tunnelId === op.tunnelId && (committedAt ?? Infinity) <= at,
  )
}
