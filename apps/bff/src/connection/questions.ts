import type { SourceName, TokenName } from '@tunnel-console/shared/connection'
import { putBody } from '@tunnel-console/shared/patch'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { z } from 'zod'
import type { Call } from '../cloudflare/envelope.ts'
import { countHealth, healthBody } from '../cloudflare/health.ts'
import type { Operation } from '../cloudflare/urls.ts'

/** Something to ask Cloudflare, and what its yes must look like. */
export interface Question<T> {
  call: Call
  /** `undefined` for a yes of another kind: that is no answer to this question. */
  read: (result: unknown) => T | undefined
}

/** How many entries there are; `null` where there is nothing to count. */
type Count = number | null

const get = (operation: Operation): Call => ({ operation, method: 'GET', isWrite: false })

/** The same requests as those that the console makes of each source every day, so that one answers for the other. */
export function sourceQuestions(accountId: string, now: Date): Record<SourceName, Question<Count>> {
  const health: Call = {
    operation: { kind: 'graphql' },
    method: 'POST',
    isWrite: false,
    body: healthBody(accountId, now),
  }
  return {
    tunnels: { call: get({ kind: 'tunnels' }), read: (result) => tunnelsIn(result)?.length },
    routes: { call: get({ kind: 'routes' }), read: countIn('routes') },
    gre: { call: get({ kind: 'gre' }), read: countIn('gre_tunnels') },
    interconnects: { call: get({ kind: 'interconnects' }), read: countIn('interconnects') },
    leases: { call: get({ kind: 'leases' }), read: (result) => z.array(z.unknown()).safeParse(result).data?.length },
    analytics: { call: health, read: (result) => countOrNot(() => countHealth(result)) },
    account: {
      call: get({ kind: 'account' }),
      read: (result) => (Account.safeParse(result).success ? null : undefined),
    },
  }
}

const Account = z.object({ id: z.string() })

const countIn = (key: string) => (result: unknown) =>
  z.object({ [key]: z.array(z.unknown()) }).safeParse(result).data?.[key]?.length

function countOrNot(count: () => number): number | undefined {
  try {
    return count()
  } catch {
    return undefined
  }
}

/** The entries of a list of tunnels as Cloudflare sent them; `undefined` where it is none. */
export function tunnelsIn(result: unknown): unknown[] | undefined {
  return z.object({ ipsec_tunnels: z.array(z.unknown()) }).safeParse(result).data?.ipsec_tunnels
}

const Tunnel = z.looseObject({ id: z.string().refine(isTunnelId) })

/**
 * A dry run that writes a tunnel exactly as it is. Should Cloudflare ever forget what a dry run is, nothing would change
 * either. `null` without a tunnel to try it on.
 */
export function dryRunOn(tunnels: readonly unknown[]): Question<true> | null {
  const wire = tunnels.flatMap((entry) => Tunnel.safeParse(entry).data ?? [])[0]
  if (!wire) return null
  const operation = { kind: 'tunnel', id: wire.id } as const
  return {
    call: { operation, method: 'PUT', isWrite: true, isDryRun: true, body: putBody(wire, {}) },
    // What the answer to a dry run holds is nobody's promise.
    read: () => true,
  }
}

const Verified = z.object({
  status: z.enum(['active', 'disabled', 'expired']),
  expires_on: z.string().nullish().catch(null),
})
export type Verified = z.infer<typeof Verified>

/** Cloudflare verifies the tokens of people in one place and those of accounts in another. */
export function verification(owner: 'user' | 'account', token: TokenName): Question<Verified> {
  const call = get({ kind: owner === 'user' ? 'userToken' : 'accountToken' })
  return {
    call: token === 'api' ? { ...call, token } : call,
    read: (result) => Verified.safeParse(result).data,
  }
}
