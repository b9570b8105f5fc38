import { createSandbox, type Sandbox } from '@tunnel-console/cloudflare-sandbox'
import { serveSandbox } from '@tunnel-console/cloudflare-sandbox/serve'
import { onTestFinished } from 'vitest'
import { upstreamFetch } from '../node/upstream-fetch.ts'
import { type CloudflareClient, createCloudflareClient } from '../src/cloudflare/client.ts'
import type { Fetch } from '../src/deps.ts'
import { Secret } from '../src/secret.ts'
import { createClock } from './steps.ts'
import { accountId, apiToken } from './world.ts'

export interface UpstreamWorld {
  client: CloudflareClient
  sandbox: Sandbox
  clock: ReturnType<typeof createClock>
  /** The id of the tunnel that the tests work on. It has BGP and an MD5 key. */
  id: string
}

const name = 'fra-dc1-a'

/** Our Cloudflare client over a sandbox with faults, with a clock to turn. */
export function startUpstream(settings: { baseUrl?: string; fetch?: Fetch } = {}): UpstreamWorld {
  const clock = createClock()
  const sandbox = createSandbox({ accountId, token: apiToken })
  const upstream = {
    baseUrl: 'https://api.cloudflare.com/client/v4',
    accountId,
    writeToken: new Secret(apiToken),
    readToken: new Secret(apiToken),
    fetch: ((input, init) => sandbox.fetch(input, init)) satisfies Fetch,
    ...settings,
  }
  const client = createCloudflareClient(upstream, clock)
  const id = sandbox.state().tunnels.find((tunnel) => tunnel.name === name)?.id ?? ''
  return { client, sandbox, clock, id }
}

/** The same over a real socket, spoken to as in production. */
export async function startUpstreamOverSocket(): Promise<UpstreamWorld> {
  const sandbox = createSandbox({ accountId, token: apiToken })
  const served = await serveSandbox(sandbox)
  onTestFinished(served.close)
  return { ...startUpstream({ baseUrl: served.url, fetch: upstreamFetch }), sandbox }
}

/** What a promise fails with; fails itself when the promise does not. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: unknown) => error,
  )
}

/** The code of a problem, and whether the write that met it may have happened. */
export async function fateOf(work: Promise<unknown>): Promise<string> {
  const failure = (await failureOf(work)) as { because?: { problem: { code: string } }; problem?: { code: string } }
  return failure.because ? `ambiguous ${failure.because.problem.code}` : (failure.problem?.code ?? String(failure))
}
