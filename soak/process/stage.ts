import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base } from 'vitest'
import { type Adversary, startAdversary } from '../adversary/adversary.ts'
import { isWrite, type LedgerEntry, type RequestKind } from '../adversary/ledger.ts'
import { readAudit } from '../collect.ts'
import { type ConsoleOptions, type ConsoleProcess, startConsole } from '../console/console-process.ts'
import { freePort } from '../console/free-port.ts'
import { createPerson, type Person } from '../console/person.ts'
import type { Reply } from '../console/send.ts'
import { pause, until } from '../console/until.ts'
import type { AuditEntry } from '../history.ts'
import { createRandom } from '../random.ts'

export const newTunnel = {
  name: 'branch-09',
  cloudflare_endpoint: '162.159.64.1',
  customer_endpoint: '203.0.113.9',
  interface_address: '10.99.1.0/31',
  health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional' },
}

/** How long the console may take to find out what became of a write: far longer than it needs, shorter than a test may last. */
const patienceMs = 20_000

/** An adversary with one tunnel, a console over it, and somebody signed in. */
export interface Stage {
  cloudflare: Adversary
  options: ConsoleOptions
  person: Person
  tunnelId: string
  console(): ConsoleProcess
  /** The tunnel as it really is. */
  really(): Record<string, unknown> | null
  /** Its version as the console tells it. */
  version(): Promise<string>
  /** Changes the tunnel from a version on. */
  change(patch: object, key: string, version: string, signal?: AbortSignal): Promise<Reply | null>
  /** Writes of this kind that reached Cloudflare. */
  sent(kind: RequestKind): LedgerEntry[]
  /** The newest entry of an action, once it is as it should be. */
  entry(action: string, isSo?: (entry: AuditEntry) => boolean, ms?: number): Promise<AuditEntry>
  /** What the console says became of a key, once it says so. */
  outcome(key: string, expected: string, ms?: number): Promise<Record<string, unknown>>
  /** Starts another process on the same data. */
  start(): Promise<void>
  end(): Promise<void>
}

/** Tests with a stage of their own, gone when they end, however they end. They mostly wait, so they run side by side. */
export const staged = base.extend<{ stage: Stage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixture's needs from this pattern
  stage: async ({}, use) => {
    const stage = await openStage()
    await use(stage)
    await stage.end()
  },
})

/** A promise's value, or `null` when it takes longer than that. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  return Promise.race([promise, pause(ms).then(() => null)])
}

async function openStage(): Promise<Stage> {
  const cloudflare = await startAdversary(createRandom('stage'))
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'tunnel-console-stage-'))
  const admin = { email: 'ada@example.com', password: 'correct horse battery staple' }
  const options: ConsoleOptions = { upstream: cloudflare, dataDir, port: await freePort(), admin }
  const made = cloudflare.store.commit({
    kind: 'create',
    body: { ...newTunnel, name: 'branch-07', description: 'old' },
  })
  const tunnelId = (made.ok && made.after?.id) || ''
  let current = await startConsole(options)
  const person = createPerson(current.url, admin)
  await person.signIn()
  return {
    ...{ cloudflare, options, person, tunnelId, console: () => current },
    ...looks(cloudflare, person, tunnelId),
    async start() {
      current = await startConsole(options)
    },
    async end() {
      await current.end('SIGKILL')
      await cloudflare.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

type Looks = Pick<Stage, 'really' | 'version' | 'change' | 'sent' | 'entry' | 'outcome'>

function looks({ ledger, store }: Adversary, person: Person, tunnelId: string): Looks {
  return {
    really: () => store.get(tunnelId),
    version: () =>
      until('the version of the tunnel', async () => {
        const reply = await person.request(`/api/tunnels/${tunnelId}`)
        const version = reply?.json?.['version']
        return typeof version === 'string' && version
      }),
    change: (patch, key, version, signal) =>
      person.write('PUT', `/api/tunnels/${tunnelId}`, { key, version, body: patch, ...(signal && { signal }) }),
    sent: (kind) => ledger.filter((entry) => entry.kind === kind && isWrite(entry)),
    entry: (action, isSo = () => true, ms = patienceMs) =>
      until(
        `an entry of ${action}`,
        async () => {
          const newest = (await readAudit(person)).find((one) => one.action === action && !one.validateOnly)
          return newest && isSo(newest) && newest
        },
        ms,
      ),
    outcome: (key, expected, ms = patienceMs) =>
      until(
        `the outcome ${expected}`,
        async () => {
          const reply = await person.ask(key)
          return reply?.json?.['outcome'] === expected && reply.json
        },
        ms,
      ),
  }
}

/** What the audit log may say of a write that it does not call done. */
export const denials = ['failed', 'rejected', 'conflict', 'denied']

export const isOutcome =
  (outcome: string) =>
  (entry: AuditEntry): boolean =>
    entry.outcome === outcome

export function says(reply: Reply | null): [number | undefined, unknown] {
  return [reply?.status, reply?.json?.['code']]
}
