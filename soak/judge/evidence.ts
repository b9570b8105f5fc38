import { isWrite, type LedgerEntry } from '../adversary/ledger.ts'
import type { Attempt, AuditEntry, Claim, History, Op } from '../history.ts'
import { pair } from './pair.ts'

/** A history with its three accounts held together: what people did, what Cloudflare saw, what the audit log says. */
export interface Evidence {
  history: History
  /** Real writes that reached Cloudflare, dry runs left out. */
  writes: readonly LedgerEntry[]
  opOf: ReadonlyMap<LedgerEntry, Op>
  writesOf: ReadonlyMap<Op, readonly LedgerEntry[]>
  entryOf: ReadonlyMap<LedgerEntry, AuditEntry>
  writeOf: ReadonlyMap<AuditEntry, LedgerEntry>
  /** Entries of real writes. */
  entries: readonly AuditEntry[]
}

const opKinds = { create: 'create', update: 'increment', delete: 'delete', psk: 'psk' } as const
const actions = {
  create: 'tunnel.create',
  update: 'tunnel.update',
  delete: 'tunnel.delete',
  psk: 'psk.generate',
} as const
type WriteKind = keyof typeof opKinds

/** Clocks of one machine, rounded to the millisecond. */
const slackMs = 5

/** How long at most a write may still be sent after its person asked for it. */
const longestMs = 60_000

/**
 * Holds the accounts together. Keys do not travel to Cloudflare, so a write is known by what it asks for and by its time;
 * where several fit, the pairing that contradicts nothing is chosen: what is found wrong then cannot be read otherwise.
 */
export function evidenceOf(history: History): Evidence {
  const writes = history.ledger.filter(isWrite)
  const opOf = opsOf(writes, history.ops)
  const writesOf = new Map(history.ops.map((op) => [op, writes.filter((write) => opOf.get(write) === op)]))
  const real = Object.values<string>(actions)
  const entries = history.audit.filter(({ action, validateOnly }) => !validateOnly && real.includes(action))
  const entryOf = pair(writes, entries, [
    (write, entry) => isEntryOf(write, entry) && (write.committedAt !== null) === (entry.outcome === 'applied'),
    (write, entry) => isEntryOf(write, entry) && agrees(write, claimOfOutcome(entry.outcome)),
    isEntryOf,
  ])
  const writeOf = new Map([...entryOf].map(([write, entry]) => [entry, write]))
  return { history, writes, opOf, writesOf, entryOf, writeOf, entries }
}

interface Sending {
  op: Op
  attempt: Attempt
}

function opsOf(writes: readonly LedgerEntry[], ops: readonly Op[]): Map<LedgerEntry, Op> {
  const sendings = ops.flatMap((op) =>
    op.attempts.filter(({ how }) => how === 'write').map((attempt): Sending => ({ op, attempt })),
  )
  const during = (ms: number) => (write: LedgerEntry, sending: Sending) =>
    isFor(write, sending.op) && isWithin(write, sending.attempt, ms)
  const when = (fits: (write: LedgerEntry, op: Op) => boolean, ms: number) => (write: LedgerEntry, sending: Sending) =>
    during(ms)(write, sending) && agrees(write, sending.attempt.claim) && fits(write, sending.op)
  const pairs = pair(writes, sendings, [
    isProven,
    ...[2000, 10_000, longestMs].map((ms) => when(isToldOf, ms)),
    ...[2000, 10_000, longestMs].map((ms) => when(isNotDeniedTo, ms)),
    during(longestMs),
  ])
  const found = new Map([...pairs].map(([write, { op }]) => [write, op]))
  for (const write of writes) {
    // More writes than were ever sent: they belong to whoever asked for such a one.
    const op = found.get(write) ?? ops.findLast((one) => isFor(write, one) && firstSent(one) <= write.at + slackMs)
    if (op) found.set(write, op)
  }
  return found
}

/** Whether its person was told, in the end, what is true of the write. */
function isToldOf({ committedAt }: LedgerEntry, { attempts }: Op): boolean {
  return (committedAt !== null) === attempts.some(({ claim }) => claim === 'applied')
}

/** Whether its person was never told the contrary of what is true of the write. */
function isNotDeniedTo({ committedAt, at }: LedgerEntry, { attempts }: Op): boolean {
  const isDenied = ({ claim, answeredAt }: Attempt) =>
    (claim === 'not-applied' || claim === 'closed') && answeredAt !== null && answeredAt >= at
  return committedAt === null || !attempts.some(isDenied)
}

/** The answer showed the key, or the tunnel, that this very write made. */
function isProven({ keyHash, createdId }: LedgerEntry, { attempt: { told } }: Sending): boolean {
  const isItsKey = keyHash !== null && told.keyHash === keyHash
  return isItsKey || (createdId !== null && told.tunnelId === createdId)
}

/** Whether a write is of the kind that an op asks for. A body that was never read fits any. */
function isFor({ kind, tunnelId, wanted }: LedgerEntry, op: Op): boolean {
  if (opKinds[kind as WriteKind] !== op.kind) return false
  if (kind === 'create') return wanted === null || wanted.name === op.name
  if (tunnelId !== op.tunnelId) return false
  return kind !== 'update' || wanted === null || wanted.description === op.description
}

/** Whether a write came between a sending and its answer. Without an answer, the console may go on for a while. */
function isWithin({ at }: LedgerEntry, { sentAt, answeredAt }: Attempt, ms: number): boolean {
  return sentAt <= at + slackMs && at <= Math.min(answeredAt ?? at, sentAt + ms) + slackMs
}

function isEntryOf(write: LedgerEntry, entry: AuditEntry): boolean {
  const { kind, tunnelId, wanted, at } = write
  if (actions[kind as WriteKind] !== entry.action) return false
  if (kind === 'create' ? wanted !== null && entry.target?.name !== wanted.name : entry.target?.id !== tunnelId)
    return false
  const text = entry.changes.find(({ path }) => path === 'description')
  if (kind === 'update' && wanted !== null && text !== undefined && text.after !== wanted.description) return false
  const settledAt = entry.turns?.[0]?.at ?? entry.settledAt
  return Date.parse(entry.at) <= at + slackMs && (settledAt === null || at <= Date.parse(settledAt) + slackMs)
}

/** Whether a claim can be true of a write. */
function agrees({ committedAt }: LedgerEntry, claim: Claim): boolean {
  return committedAt === null ? claim !== 'applied' : !['not-applied', 'closed', 'nothing'].includes(claim)
}

export function claimOfOutcome(outcome: string): Claim {
  if (outcome === 'applied') return 'applied'
  return outcome === 'unknown' || outcome === 'pending' ? 'unknown' : 'not-applied'
}

export function firstSent({ attempts }: Op): number {
  return attempts[0]?.sentAt ?? Number.POSITIVE_INFINITY
}
