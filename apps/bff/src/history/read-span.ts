import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { type BackfillSpan, periodsIn } from './backfill-spans.ts'
import { isOf, isWithin, type NameSpan } from './former-names.ts'
import type { StoredPeriod } from './store.ts'

/**
 * The states that analytics tell of some tunnels in one stretch of time, each under the names that it had then. Throws what
 * analytics say. `tunnels` is how they are now: one without a key never had one, and needed it all along. Time of which they have no figures is in no period.
 */
export async function readSpan(
  { analytics }: Pick<CloudflareClient, 'analytics'>,
  span: BackfillSpan,
  all: readonly NameSpan[],
  tunnels: readonly Tunnel[],
): Promise<StoredPeriod[]> {
  const spans = all.filter((each) => isWithin(each, span.from, span.to))
  const names = [...new Set(spans.map(({ name }) => name))]
  if (names.length === 0) return []
  const { stepMs, time } = span
  // Whole steps: the few seconds of one that lie within the time may have no figure of their own.
  const [from, to] = [Math.floor(span.from / stepMs) * stepMs, Math.ceil(span.to / stepMs) * stepMs]
  const rows = await analytics({ dataset: 'health', from, to, dimensions: ['active', time], names }, 'backfill')
  const byName = Map.groupBy(rows, ({ name }) => name)
  const keyless = new Set(tunnels.filter((each) => each.psk_metadata?.last_generated_on === null).map(({ id }) => id))
  const byTunnel = Map.groupBy(spans, ({ tunnelId }) => tunnelId)
  return [...byTunnel].flatMap(([tunnelId, own]) => {
    const its = own.flatMap((each) =>
      (byName.get(each.name) ?? []).filter((row) => isOf(each, Date.parse(row.of(time)), stepMs)),
    )
    return periodsIn({ tunnelId, isKeyless: keyless.has(tunnelId) }, its, span)
  })
}
