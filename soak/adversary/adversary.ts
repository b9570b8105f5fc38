import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Random } from '../random.ts'
import { type Answer, answerOf, type Truth } from './answer.ts'
import { deliver } from './deliver.ts'
import { type AnswerKind, type Fault, none } from './fault.ts'
import { arrival, isWrite, type LedgerEntry, type RequestKind } from './ledger.ts'
import { healthBody, read } from './reads.ts'
import { parseJson, readBody, targetOf } from './request.ts'
import { type Commit, createStore, digest, type Store, type Write } from './store.ts'
import { type Json, md5KeyOf, seenIn } from './tunnel.ts'
import { createWaiting } from './waiting.ts'
import { createWrites, resultOf, type Writes, writeOf } from './writes.ts'

const base = '/client/v4'

/** Chooses what befalls a request that no script spoke of. */
export type Plan = (entry: LedgerEntry) => Fault

export interface Adversary {
  /** For `CLOUDFLARE_BASE_URL`. */
  url: string
  token: string
  accountId: string
  ledger: readonly LedgerEntry[]
  store: Store
  /** Every key that was ever made, also for the dry runs that should make none. */
  psks: ReadonlySet<string>
  /** What befalls the next request of this kind; several are taken in order. Dry runs are not meant. */
  script(kind: RequestKind, ...faults: Fault[]): void
  /** What befalls the others, from now on. */
  plan(plan: Plan): void
  /** The next request of this kind, or the next write of any, once it has been read. */
  arrival(kind: RequestKind | 'write'): Promise<LedgerEntry>
  /** How many writes are here and not answered yet. */
  inFlight(): number
  /** Every late write has been carried out. */
  landed(): Promise<void>
  close(): Promise<void>
}

interface Inside {
  token: string
  accountId: string
  store: Store
  writes: Writes
  psks: Set<string>
  random: Random
  ledger: LedgerEntry[]
  open: Set<LedgerEntry>
  /** Connections with a request on them. */
  busy: Set<Socket>
  arrivals: ReturnType<typeof createWaiting<LedgerEntry>>
  faultOf: (entry: LedgerEntry) => Fault
}

/**
 * A stand-in for Cloudflare's API on a port of this machine that keeps to its rules and misbehaves as it is told: it shares
 * no line with the console or its sandbox. It writes down every request, what it did and what was answered.
 */
export async function startAdversary(random: Random): Promise<Adversary> {
  const psks = new Set<string>()
  const store = createStore(random.fork('store'))
  const scripts = new Map<RequestKind, Fault[]>()
  let plan: Plan = () => none
  const scripted = ({ kind, isDryRun }: LedgerEntry) => (isDryRun ? undefined : scripts.get(kind)?.shift())
  const inside: Inside = {
    token: `tok-${random.text(36)}`,
    accountId: random.hex(32),
    store,
    writes: createWrites(store, (psk) => psks.add(psk)),
    psks,
    random: random.fork('answers'),
    ledger: [],
    open: new Set(),
    busy: new Set(),
    arrivals: createWaiting<LedgerEntry>(),
    faultOf: (entry) => scripted(entry) ?? plan(entry),
  }
  const server = http.createServer((request, response) => void handle(inside, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { token, accountId, ledger, open, arrivals, writes } = inside
  return {
    ...{ url: `http://127.0.0.1:${port}${base}`, token, accountId, ledger, store, psks },
    script: (kind, ...faults) => void scripts.set(kind, [...(scripts.get(kind) ?? []), ...faults]),
    plan: (next) => {
      plan = next
    },
    arrival: (kind) =>
      arrivals.next((entry) => (kind === 'write' ? isWrite(entry) : entry.kind === kind && !entry.isDryRun)),
    inFlight: () => [...open].filter(isWrite).length,
    landed: writes.landed,
    close: () => {
      writes.stop()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function handle(inside: Inside, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { method = '', url = '' } = request
  const target = targetOf(base, inside.accountId, method, url)
  const entry = arrival(inside.ledger.length + 1, Date.now(), { ...target, method, path: url, fault: '' })
  const fault = inside.faultOf(entry)
  entry.fault = fault.name
  inside.ledger.push(entry)
  inside.open.add(entry)
  inside.busy.add(request.socket)
  response.on('error', () => undefined)
  try {
    const text = fault.answer === 'reset-unread' ? null : await readBody(request)
    // Whoever went away in the middle of a request has asked for nothing.
    const answer = text === null ? null : await carryOut(inside, entry, request, text, fault)
    entry.answered = await deliver(response, text === null ? 'reset' : fault.answer, answer ?? nothing)
    entry.answeredAt = Date.now()
    entry.isKeyHandedOver = entry.keyHash !== null && entry.answered === 'whole' && tellsKey.includes(fault.answer)
    entry.status = entry.answered === 'none' ? null : (answer?.status ?? null)
  } finally {
    inside.open.delete(entry)
    inside.busy.delete(request.socket)
  }
  if (fault.closeAfterMs !== null) setTimeout(() => closeIdle(inside, request.socket), fault.closeAfterMs)
}

function closeIdle({ busy }: Inside, socket: Socket): void {
  if (!busy.has(socket)) socket.destroy()
}

/** Answers that hold the new key as their result, not only in somebody's careless words. */
const tellsKey: readonly AnswerKind[] = ['yes', 'contradiction']

const nothing: Answer = { status: 500, headers: {}, body: '' }

async function carryOut(
  inside: Inside,
  entry: LedgerEntry,
  request: http.IncomingMessage,
  text: string,
  fault: Fault,
): Promise<Answer> {
  const body = parseJson(text)
  if (text !== '') Object.assign(entry, { bodyHash: digest(text), wanted: seenIn(body ?? {}) })
  inside.arrivals.tell(entry)
  const truth: Truth = {
    says: { status: 403, code: 10000, message: 'Authentication error' },
    echo: `Sent: Authorization: Bearer ${inside.token} md5_key ${md5KeyOf(body) ?? 'none'}.`,
    retryAfter: inside.random.int(1, 2),
  }
  if (request.headers.authorization === `Bearer ${inside.token}`) obey(inside, entry, body ?? {}, fault, truth)
  await pause(fault.waitMs)
  if (entry.kind === 'graphql' && fault.answer === 'yes') {
    const headers = { 'content-type': 'application/json' }
    return { status: 200, headers, body: JSON.stringify(healthBody(inside.store)) }
  }
  return answerOf(fault.answer, truth)
}

/** Does what the request asks for, now, later or never, and tells in `truth` what Cloudflare says to it by its rules. */
function obey(inside: Inside, entry: LedgerEntry, body: Json, fault: Fault, truth: Truth): void {
  const { store, writes } = inside
  const write = writeOf(entry, body)
  if (!write) truth.says = read(store, entry, fault.answer, inside.accountId)
  else if (entry.isDryRun) truth.says = store.refusalOf(write) ?? { result: dryResult(inside, entry) }
  else if (fault.commitAfterMs === 0) {
    tell(truth, write, writes.carryOut(entry, write, fault.staleMs))
  } else {
    truth.says = { status: 500, code: 10001, message: `Timed out. ${truth.echo}` }
    if (fault.commitAfterMs !== null) writes.later(entry, write, fault, (commit) => tell(truth, write, commit))
  }
}

function tell(truth: Truth, write: Write, commit: Commit): void {
  truth.says = commit.ok ? { result: resultOf(write, commit) } : commit.refusal
  if (commit.ok && commit.psk !== null) truth.echo += ` Generated "${commit.psk}" psk=${commit.psk}`
}

/** Cloudflare does not say what a dry run answers; a careless one would hand out a key. */
function dryResult({ psks, random }: Inside, { kind, tunnelId }: LedgerEntry): unknown {
  if (kind !== 'psk') return null
  const psk = random.text(43)
  psks.add(psk)
  return { ipsec_tunnel_id: tunnelId, psk, psk_metadata: {} }
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
}
