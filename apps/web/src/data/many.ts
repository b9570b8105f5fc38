import type { ManyResult, PlanAnswer, TunnelAnswer } from '@tunnel-console/shared/api'
import { endpoints } from '@tunnel-console/shared/contract'
import type { AskedChange, ChangedTunnel } from '@tunnel-console/shared/jobs'
import { reasonHeaders } from '@tunnel-console/shared/reason'
import { jsonOf, request, send } from '../lib/api.ts'
import { keyHeader } from './idempotency-key.ts'

/** One tunnel as it is now, past every cache: a change of many rests on its version, as a change of one does. */
export const freshTunnel = (id: string, signal: AbortSignal): Promise<TunnelAnswer> =>
  request(endpoints.tunnel, { params: { id }, signal })

/** Asks for each tunnel whether Cloudflare would accept its change. Nothing happens. */
export async function validateMany(tunnels: readonly ChangedTunnel[], signal: AbortSignal): Promise<ManyResult[]> {
  const asked = { body: { tunnels }, query: { validate_only: 'true' }, signal }
  const { results } = (await jsonOf(await send(endpoints.updateTunnels, asked))) as { results: ManyResult[] }
  return results
}

/**
 * Changes all of them in one request of Cloudflare's, or none. The same request under the same key may be made again: it
 * happens once, and a repeat tells what became of it.
 */
export async function updateTogether(
  tunnels: readonly ChangedTunnel[],
  key: string,
  reason: string,
): Promise<ManyResult[]> {
  const { results } = await request(endpoints.updateTunnels, {
    body: { tunnels: [...tunnels] },
    query: { all_or_nothing: 'true' },
    headers: { ...keyHeader(key), ...reasonHeaders(reason) },
  })
  return results
}

/** Asks about each row of a plan whether Cloudflare would accept it, in the order given. Nothing happens. */
export async function checkPlan(tunnels: AskedChange[], signal: AbortSignal): Promise<PlanAnswer[]> {
  return (await request(endpoints.checkPlan, { body: { tunnels }, signal })).results
}
