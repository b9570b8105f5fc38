import { createRefusals } from './audit/refusals.ts'
import { createAuditStore } from './audit/store.ts'
import { createCloudflareClient } from './cloudflare/client.ts'
import type { Deps } from './deps.ts'
import { createOnce } from './http/idempotency.ts'
import { createAuth } from './session/auth.ts'
import { Polled } from './status/polled.ts'
import { createStatusSource } from './status/source.ts'
import { createLock } from './storage/lock.ts'
import { createTunnelSource } from './tunnels/source.ts'

export type Services = ReturnType<typeof createServices>

/** Everything the routes work with, made once from what the runtime gives. */
export function createServices(deps: Deps) {
  const client = createCloudflareClient(deps.upstream, deps)
  const source = createTunnelSource(client, deps)
  const audit = createAuditStore(deps)
  const account = new Polled<string>({
    load: () => client.accountName(),
    everyMs: 300_000,
    now: deps.now,
    background: deps.background,
  })
  return {
    deps,
    client,
    source,
    audit,
    status: createStatusSource(client, source, deps),
    auth: createAuth(deps),
    withLock: createLock(deps),
    once: createOnce(deps),
    refusals: createRefusals(audit, source.nameOf),

    /** The account's name, or its id while Cloudflare does not tell. */
    accountName: async (): Promise<string> => {
      const reading = await account.readSoon()
      return reading?.value ?? deps.upstream.accountId
    },
  }
}
