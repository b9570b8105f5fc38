import { serveSandbox } from '@tunnel-console/cloudflare-sandbox/serve'
import type { OutcomeAnswer, TunnelListAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import type { Problem } from '@tunnel-console/shared/problem'
import { onTestFinished } from 'vitest'
import { upstreamFetch } from '../node/upstream-fetch.ts'
import { createApp } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { createServices } from '../src/services.ts'
import { newTunnel, type Person, publicUrl, signIn, startWorld, type World } from './world.ts'

/** A clock that moves only when it is told to. Starts now, so that sessions are young. */
export function createClock() {
  let at = Date.now()
  let elapsed = 0
  return {
    now: () => new Date(at),
    monotonic: () => elapsed,
    /** Time passes. */
    advance(ms: number) {
      at += ms
      elapsed += ms
    },
    /** Somebody sets the clock; no time passes. */
    step(ms: number) {
      at += ms
    },
  }
}

/** A console and a sandbox that share a clock. */
export async function startClockedWorld(pollSeconds = 5, deps: Partial<Deps> = {}) {
  const clock = createClock()
  const world = await startWorld({
    sandbox: { now: clock.now },
    deps: { now: clock.now, monotonic: clock.monotonic, pollSeconds, ...deps },
  })
  return {
    ...world,
    clock,
    /** Lets time pass, and the console do what time causes. */
    async later(ms: number) {
      clock.advance(ms)
      await world.services.owner.tick()
      await world.services.owner.idle()
    },
  }
}

/** A console that reaches the sandbox over a real socket. */
export async function startSocketWorld(): Promise<World> {
  const world = await startWorld()
  const served = await serveSandbox(world.sandbox)
  onTestFinished(served.close)
  Object.assign(world.deps.upstream, { baseUrl: served.url, fetch: upstreamFetch })
  return world
}

type Stored = ReturnType<World['sandbox']['state']>['tunnels'][number]

/** The tunnel as the sandbox holds it. */
export function stored({ sandbox }: Pick<World, 'sandbox'>, name: string): Stored | undefined {
  return sandbox.state().tunnels.find((tunnel) => tunnel.name === name)
}

export function idOf(world: Pick<World, 'sandbox'>, name: string): string {
  return stored(world, name)?.id ?? ''
}

/** What a write of a tunnel needs: its id and the header with its present version. */
export async function opened(person: Person, id: string) {
  const response = await person.get(`/api/tunnels/${id}`)
  const { tunnel, version } = (await response.json()) as WrittenTunnel
  return { tunnel, version, ifMatch: { 'if-match': `"${version}"` } }
}

/** Audit entries of writes, newest first. */
export async function auditOf({ services }: World): Promise<AuditEntry[]> {
  const { entries } = await services.owner.audit.list({ limit: 200 })
  return entries.filter(({ action }) => /^(tunnel|psk)\./.test(action))
}

export async function problemIn(response: Response) {
  return (await response.json()) as Problem
}

export async function listOf(person: Person): Promise<TunnelListAnswer> {
  return (await (await person.get('/api/tunnels')).json()) as TunnelListAnswer
}

export function create(person: Person, headers: Record<string, string> = {}, body: object = newTunnel) {
  return person.send('POST', '/api/tunnels', body, headers)
}

/** What became of a change, asked by its idempotency key. */
export async function outcomeOf(person: Person, key: string): Promise<OutcomeAnswer> {
  return (await (await person.send('POST', '/api/changes/outcome', { key })).json()) as OutcomeAnswer
}

/** A request that was lost on its way to Cloudflare and arrives after all. */
export async function commit({ sandbox, deps }: World, body: object, path = '', method = 'POST'): Promise<void> {
  const { baseUrl, accountId, writeToken } = deps.upstream
  const response = await sandbox.fetch(`${baseUrl}/accounts/${accountId}/magic/ipsec_tunnels${path}`, {
    method,
    headers: {
      authorization: `Bearer ${writeToken.reveal()}`,
      'content-type': 'application/json',
      'x-magic-new-hc-target': 'true',
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
}

/**
 * Another process on what this one has left: same database, same Cloudflare, nothing of its memory. What the first one had
 * under way goes on in the dark, as after a SIGKILL that Cloudflare has not heard of.
 */
export async function restarted(world: World, { recovers = true } = {}): Promise<World> {
  const services = createServices(world.deps)
  const app = createApp(world.deps, services)
  const send: World['send'] = async (path, init) => app.request(new Request(new URL(path, publicUrl), init))
  if (recovers) await services.owner.start()
  return { ...world, services, app, send, as: (role) => signIn(send, role) }
}

/** Requests for the list of tunnels that reached Cloudflare. */
export function listReads({ sandbox }: Pick<World, 'sandbox'>): number {
  return sandbox.ledger.filter(({ method, path }) => method === 'GET' && path.endsWith('/ipsec_tunnels')).length
}
