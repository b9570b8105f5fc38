import { createApp } from './app.ts'
import { applyFault } from './apply-fault.ts'
import { isObject } from './body.ts'
import type { Deps, Source, TokenFacts } from './context.ts'
import { createFaults, type Fault, type Faults } from './faults.ts'
import { hexId } from './hash.ts'
import { createKeyVault } from './keys.ts'
import { type LedgerEntry, openEntry } from './ledger.ts'
import { createQuota, tooManyRequests } from './quota.ts'
import { seedState } from './seed.ts'
import { createStore, type SandboxState, type StoredTunnel } from './state.ts'
import { connectionError } from './transport.ts'
import { changedTunnel } from './tunnel-writes.ts'

export type { LedgerEntry } from './ledger.ts'
export type { SandboxState } from './state.ts'

export interface SandboxOptions {
  /** 32 hex digits. */
  accountId: string
  accountName?: string
  /** The numeric id inside IKE identities; not the account id of URLs. */
  accountNumber?: number
  token: string | string[]
  /** Accepted for GET and GraphQL only. */
  readTokens?: string[]
  /** What the tokens lack the permission for: reading it is refused. */
  unreadable?: readonly Source[]
  /** What verifying a token tells of it, by its text. */
  tokenFacts?: Readonly<Record<string, TokenFacts>>
  now?: () => Date
  random?: (bytes: number) => Uint8Array
  /** A state to go on from; without one, the seed. */
  state?: SandboxState
  onChange?: (state: SandboxState) => void
  /** Calls per token in five minutes; default Cloudflare's 1,200. */
  requestLimit?: number
}

export interface Sandbox {
  /** Answers as Cloudflare would; also fits wherever a `fetch` is injected. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>
  readonly faults: Faults
  readonly ledger: LedgerEntry[]
  state(): SandboxState
  /** Back to the seed, keys forgotten. The ledger, the faults and the quota stay. */
  reset(): void
  hasPsk(tunnelId: string, psk: string): Promise<boolean>
  /** Somebody else changes a tunnel, unchecked; `psk_metadata` may be part of it. */
  externalWrite(id: string, patch: Record<string, unknown>): void
  externalDelete(id: string): void
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const deps = createDeps(options)
  const app = createApp(deps)
  const faults = createFaults()
  const quota = createQuota(options.requestLimit)
  const ledger: LedgerEntry[] = []
  const external = createOutsider(deps)
  let served = 0

  const run = async (request: Request, fault: Fault | null): Promise<Response> => {
    const text = await request.text()
    const entry = openEntry(ledger, request, text, deps.now())
    if (fault?.kind === 'quota') quota.leave(fault.remaining, deps.now())
    const allowance = quota.take(request.headers.get('authorization') ?? '', deps.now())
    const handle = async () => (allowance.refused ? tooManyRequests() : await app.fetch(request, { entry, text }))
    const response = await (fault
      ? applyFault(fault, handle, request.signal, { staleReads: deps.startStaleReads, externalWrite: external.write })
      : handle())
    entry.status = response.status
    const ray = `${hexId(`${entry.at} ${++served}`).slice(0, 16)}-AMS`
    return stamped(response, { 'cf-ray': ray, date: deps.now().toUTCString(), ...allowance.headers })
  }

  return {
    async fetch(input, init) {
      const request = input instanceof Request && init === undefined ? input : new Request(input, init)
      request.signal.throwIfAborted()
      const fault = faults.take(request)
      if (fault?.kind === 'notSent') throw connectionError('ECONNREFUSED')
      return run(request, fault)
    },
    faults: { next: faults.next, clear: faults.clear },
    ledger,
    state: () => structuredClone(deps.store.current),
    reset() {
      deps.keys.clear()
      deps.store.replace(seedState(deps.now(), deps.accountNumber))
    },
    hasPsk: deps.keys.has,
    externalWrite: external.write,
    externalDelete: (id) => external.write(id, null),
  }
}

interface SandboxDeps extends Deps {
  startStaleReads: (ms: number) => void
}

function createDeps(options: SandboxOptions): SandboxDeps {
  const now = options.now ?? (() => new Date())
  const accountNumber = options.accountNumber ?? 33145236
  const state = options.state ? structuredClone(options.state) : seedState(now(), accountNumber)
  const store = createStore(state, (next) => options.onChange?.(structuredClone(next)))
  let staleUntil = Number.NEGATIVE_INFINITY
  return {
    accountId: options.accountId,
    accountName: options.accountName ?? 'Sandbox Industries',
    accountNumber,
    tokens: [options.token].flat(),
    readTokens: options.readTokens ?? [],
    unreadable: options.unreadable ?? [],
    tokenFacts: options.tokenFacts ?? {},
    now,
    random: options.random ?? ((bytes) => crypto.getRandomValues(new Uint8Array(bytes))),
    store,
    keys: createKeyVault(),
    readState: () => (now().getTime() < staleUntil ? store.previous : store.current),
    startStaleReads: (ms) => {
      staleUntil = now().getTime() + ms
    },
  }
}

/** A dashboard, Terraform or colleague that writes past this client. */
function createOutsider({ store, keys, now }: Deps) {
  const write = (id: string, patch: Record<string, unknown> | null) => {
    const { tunnels } = store.current
    if (!tunnels.some((tunnel) => tunnel.id === id)) throw new Error(`The sandbox has no tunnel ${id}`)
    if (patch === null) keys.delete(id)
    store.commit(
      patch === null
        ? tunnels.filter((tunnel) => tunnel.id !== id)
        : tunnels.map((tunnel) => (tunnel.id === id ? patched(tunnel, patch, now()) : tunnel)),
    )
  }
  return { write }
}

function patched(tunnel: StoredTunnel, patch: Record<string, unknown>, now: Date): StoredTunnel {
  const changed = changedTunnel(tunnel, patch, null, now.toISOString())
  const dated = isObject(patch['psk_metadata']) ? patch['psk_metadata']['last_generated_on'] : undefined
  return typeof dated === 'string' ? { ...changed, psk_metadata: { last_generated_on: dated } } : changed
}

/** Adds headers that the answer does not carry already: a scripted one keeps its own. */
function stamped(response: Response, extra: Record<string, string>): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(extra)) if (!headers.has(name)) headers.set(name, value)
  return new Response(response.body, { status: response.status, headers })
}
