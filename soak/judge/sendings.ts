import type { LedgerEntry } from '../adversary/ledger.ts'
import type { Op } from '../history.ts'
import { claimOfOutcome, type Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

/**
 * A key is sent to Cloudflare once; again only after a clear and true no, of which its person or the audit log was told.
 * Making a key is sent once in any case: whoever wants another one clicks again.
 */
export function sentTwice(evidence: Evidence): Violation[] {
  const { history, writesOf } = evidence
  return history.ops.flatMap((op): Violation[] => {
    const writes = [...(writesOf.get(op) ?? [])].sort((a, b) => a.at - b.at)
    const again = writes.find((write, index) => {
      const former = writes[index - 1]
      return former !== undefined && (op.kind === 'psk' || !wasRefused(evidence, op, former, write.at))
    })
    if (!again || isAmbiguous(op, history.ops)) return []
    const says = `${op.id} went to Cloudflare ${writes.length} times`
    return [{ rule: 'sent-twice', at: again.at, says, op, write: again, tunnelId: op.tunnelId }]
  })
}

/** Where two people want the same number on a plain counter, nobody can say whose of them was sent twice. */
function isAmbiguous({ kind, tunnelId, description, id }: Op, ops: readonly Op[]): boolean {
  if (kind !== 'increment') return false
  return ops.some((one) => one.id !== id && one.tunnelId === tunnelId && one.description === description)
}

function wasRefused({ entryOf }: Evidence, { attempts }: Op, write: LedgerEntry, until: number): boolean {
  if (write.committedAt !== null) return false
  const entry = entryOf.get(write)
  const isLogged =
    entry && claimOfOutcome(entry.outcome) === 'not-applied' && Date.parse(entry.settledAt ?? '') <= until
  const isTold = attempts.some(
    ({ claim, answeredAt }) =>
      claim === 'not-applied' && answeredAt !== null && answeredAt >= write.at && answeredAt <= until,
  )
  return isLogged === true || isTold
}

/** Every write has somebody who asked for it. */
export function unasked({ writes, opOf }: Evidence): Violation[] {
  return writes
    .filter((write) => !opOf.has(write))
    .map((write) => ({
      rule: 'unasked',
      at: write.at,
      says: `${write.method} ${write.path} was asked for by nobody`,
      write,
      tunnelId: write.tunnelId,
    }))
}

/** Nothing comes of a dry run. */
export function wetDryRuns({ history, writes }: Evidence): Violation[] {
  return history.ops
    .filter(({ kind }) => kind === 'dry-run')
    .flatMap((op): Violation[] => {
      const write = writes.find(({ wanted }) => wanted?.name === op.name || wanted?.description === op.description)
      const isKeyShown = op.attempts.some(({ told }) => told.keyHash !== undefined)
      if (!write && !isKeyShown) return []
      const says = `the dry run ${op.id} ${write ? 'was sent as a real write' : 'showed a key'}`
      return [{ rule: 'wet-dry-run', at: op.attempts[0]?.sentAt ?? history.startedAt, says, op, write }]
    })
}

/** One tunnel for each submitted creation: exactly one where it was called applied, never two. */
export function doubleTunnels({ history, writes }: Evidence): Violation[] {
  const names = new Set(history.ops.flatMap(({ kind, name }) => (kind === 'create' && name !== null ? [name] : [])))
  return [...names].flatMap((name): Violation[] => {
    const made = writes.filter(({ createdId, wanted }) => createdId !== null && wanted?.name === name)
    const [, second] = made
    if (!second) return []
    return [
      { rule: 'double-tunnel', at: second.at, says: `${made.length} tunnels called ${name} were made`, write: second },
    ]
  })
}
