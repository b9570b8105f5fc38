import type { Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

/** A key is sent to Cloudflare once; again only when its person pressed again after a clear no. */
export function sentTwice({ history, writesOf }: Evidence): Violation[] {
  return history.ops.flatMap((op): Violation[] => {
    const writes = [...(writesOf.get(op) ?? [])].sort((a, b) => a.at - b.at)
    for (const [index, write] of writes.entries()) {
      const former = writes[index - 1]
      if (!former) continue
      const wasDenied = op.attempts.some(
        ({ claim, answeredAt }) =>
          claim === 'not-applied' && answeredAt !== null && answeredAt >= former.at && answeredAt <= write.at,
      )
      if (wasDenied && op.kind !== 'psk') continue
      const says = `${op.id} went to Cloudflare ${writes.length} times`
      return [{ rule: 'sent-twice', at: write.at, says, op, write, tunnelId: op.tunnelId }]
    }
    return []
  })
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
