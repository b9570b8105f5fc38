import { drizzle } from 'drizzle-orm/d1'
import { createApp } from '../src/app.ts'
import { createOwner } from '../src/changes/owner.ts'
import type { Assets, Deps } from '../src/deps.ts'
import { Secret } from '../src/secret.ts'
import * as schema from '../src/storage/schema.ts'

/** Live mode only: a sandbox would need a memory of its own, which a Worker does not have. */
export interface Env {
  DB: D1Database
  ASSETS?: Fetcher
  PUBLIC_URL: string
  POLL_SECONDS?: string
  CLOUDFLARE_ACCOUNT_ID: string
  CLOUDFLARE_API_TOKEN: string
  CLOUDFLARE_READ_TOKEN?: string
  AUTH_SECRET: string
  /** SHA-256, in hex, of the token that opens `/metrics`. */
  METRICS_TOKEN_SHA256?: string
}

/** What the app needs, from a Worker's bindings. Throws a one-line message for what is missing. */
export function depsOf(env: Env, context: Pick<ExecutionContext, 'waitUntil'>): Deps {
  for (const name of ['PUBLIC_URL', 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_TOKEN', 'AUTH_SECRET'] as const) {
    if (!env[name]) throw new Error(`${name} is not set: add it with "wrangler secret put ${name}"`)
  }
  return {
    mode: 'live',
    db: drizzle(env.DB, { schema }) as unknown as Deps['db'],
    upstream: {
      baseUrl: 'https://api.cloudflare.com/client/v4',
      accountId: env.CLOUDFLARE_ACCOUNT_ID,
      writeToken: new Secret(env.CLOUDFLARE_API_TOKEN),
      readToken: new Secret(env.CLOUDFLARE_READ_TOKEN ?? env.CLOUDFLARE_API_TOKEN),
      fetch: (input, init) => fetch(input, init as RequestInit<RequestInitCfProperties>),
    },
    publicUrl: env.PUBLIC_URL,
    authSecret: new Secret(env.AUTH_SECRET),
    pollSeconds: Number(env.POLL_SECONDS ?? 5),
    now: () => new Date(),
    monotonic: () => performance.now(),
    pause: (ms) => new Promise((wake) => setTimeout(wake, ms)),
    log: (entry) => console.log(JSON.stringify(entry)),
    // Set by Cloudflare's edge itself; a client cannot send it through.
    clientAddress: (request) => request.headers.get('cf-connecting-ip') ?? undefined,
    background: (work) => context.waitUntil(work),
    ...(env.METRICS_TOKEN_SHA256 && { metricsTokenHash: env.METRICS_TOKEN_SHA256 }),
    ...(env.ASSETS && { assets: assetsOf(env.ASSETS) }),
  }
}

function assetsOf(assets: Fetcher): Assets {
  return async (path) => {
    const answer = await assets.fetch(new URL(path, 'https://assets.invalid'))
    return answer.ok ? (answer as unknown as Response) : null
  }
}

export default {
  // An app a request: on Workers a promise of one request must not be awaited by another.
  fetch: (request, env, context) => createApp(depsOf(env, context)).fetch(request),
  scheduled: (_controller, env, context) => createOwner(depsOf(env, context)).minute(),
} satisfies ExportedHandler<Env>
