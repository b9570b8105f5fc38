import { arrival, type LedgerEntry, type RequestKind } from '../adversary/ledger.ts'
import type { Attempt, AuditEntry, Claim, History, Op, OpKind } from '../history.ts'
import { judge } from '../judge.ts'

// Hand-made histories for the judge's own tests. Times are milliseconds after `start`.
const start = Date.parse('2026-01-01T00:00:00Z')
export const counter = 'c'.repeat(32)

export const time = (ms: number) => start + ms
const iso = (ms: number) => new Date(time(ms)).toISOString()

/** An answer to a request that was sent at one time and answered at another; `null` for none. */
export function attempt(sent: number, answered: number | null, claim: Claim, more: Partial<Attempt> = {}): Attempt {
  const answeredAt = answered === null ? null : time(answered)
  return { how: 'write', sentAt: time(sent), answeredAt, status: 200, code: null, claim, told: {}, ...more }
}

export function op(id: string, kind: OpKind, about: Partial<Op>, ...attempts: Attempt[]): Op {
  return { id, kind, key: `key-${id}`, tunnelId: null, name: null, description: null, ...about, attempts }
}

export function increment(id: string, description: string, ...attempts: Attempt[]): Op {
  return op(id, 'increment', { tunnelId: counter, description }, ...attempts)
}

/** A write that arrives, takes effect at once and is answered at once, if nothing else is said. */
export function write(kind: RequestKind, at: number, about: Partial<LedgerEntry> = {}): LedgerEntry {
  const tunnelId = kind === 'create' ? null : counter
  const arrived = arrival(at, time(at), { kind, method: '', path: '', isDryRun: false, tunnelId, fault: 'none' })
  return { ...arrived, committedAt: time(at), answeredAt: time(at), answered: 'whole', status: 200, ...about }
}

/** A PUT that writes one text over another. */
export function put(at: number, before: string, description: string, about: Partial<LedgerEntry> = {}): LedgerEntry {
  const was = { name: 'counter', description: before, customer_endpoint: '203.0.113.1', rate: 'mid' }
  return write('update', at, { before: was, wanted: { description }, ...about })
}

export function entry(seq: number, action: string, from: number, to: number | null, outcome: string): AuditEntry {
  return {
    seq,
    id: `entry-${seq}`,
    at: iso(from),
    settledAt: to === null ? null : iso(to),
    action,
    target: { id: counter, name: 'counter' },
    validateOnly: false,
    outcome,
    changes: [],
    problem: null,
    requestId: '',
  }
}

/** The entry of an update with the text that it writes. */
export function updated(seq: number, from: number, to: number | null, outcome: string, after: string): AuditEntry {
  return { ...entry(seq, 'tunnel.update', from, to, outcome), changes: [{ path: 'description', before: '', after }] }
}

/** A history in which nothing happens but what is given. The counter ends at `description`. */
export function history(description: string, parts: Partial<History>): History {
  const tunnel = { id: counter, name: 'counter', description, customer_endpoint: '203.0.113.1', rate: 'mid' }
  return {
    ...{ seed: 'example', startedAt: start, endedAt: time(100_000), counters: [{ id: counter, start: 0 }] },
    ...{ ledger: [], tunnels: [tunnel], outside: [], ops: [], audit: [], polls: [] },
    lives: [{ startedAt: time(-1000), readyAt: time(-500), endedAt: null, endedBy: null }],
    ...{ leaks: [], passwordRefusals: 0, unhandled: [] },
    ...parts,
  }
}

/** The rules that a history breaks. Hand-made ones are all idle. */
export const broken = (given: History) =>
  [...new Set(judge(given).map(({ rule }) => rule))].filter((rule) => rule !== 'idle')

/** The settlements of an entry, one after the other. */
export function turns(...given: [number, string][]): { at: string; outcome: string }[] {
  return given.map(([at, outcome]) => ({ at: iso(at), outcome }))
}
