import type { PskAnswer, ValidationAnswer } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { audited } from '../audit/audited.ts'
import { Ambiguous } from '../cloudflare/ambiguous.ts'
import type { TunnelServices, WriteContext } from './context.ts'
import { beforeSending } from './read-for-write.ts'

/**
 * Lets Cloudflare generate a new pre-shared key and hands it out once. The key exists in this function's answer and
 * nowhere else. It is never asked for twice: every call rotates the key at once, so a lost answer is a lost key, and the
 * only way on is to generate another (assurance.md 0.2, U20).
 */
export async function generatePsk(
  services: TunnelServices,
  { actor, requestId, isDryRun }: WriteContext,
  id: string,
): Promise<PskAnswer | ValidationAnswer> {
  const { client, source, withLock, deps } = services
  const intent = {
    actor,
    requestId,
    action: 'psk.generate' as const,
    target: { id, name: source.nameOf(id) },
    validateOnly: isDryRun,
    changes: [],
  }
  return audited(services, intent, (note) =>
    withLock(`tunnel ${id}`, async () => {
      const before = Tunnel.parse(await beforeSending(client.getTunnel(id)))
      note({ target: { id, name: before.name } })
      const generated = await client.generatePsk(id, isDryRun).catch(async (error: unknown) => {
        if (!(error instanceof Ambiguous)) throw error
        throw await keyLost(services, before, error)
      })
      if (!generated) return { valid: true as const, checkedAt: deps.now().toISOString() }
      source.list.invalidate()
      return {
        psk: generated.psk,
        ...(generated.ipsecId !== undefined && { ipsec_id: generated.ipsecId }),
        psk_metadata: { last_generated_on: generated.lastGeneratedOn },
      }
    }),
  )
}

/** The date of the key is the only evidence there is of what happened to it. */
async function keyLost(
  { client, source }: TunnelServices,
  before: Tunnel,
  { because }: Ambiguous,
): Promise<ProblemError> {
  source.list.invalidate()
  const was = before.psk_metadata?.last_generated_on
  const after = await client.getTunnel(before.id).then(Tunnel.parse, () => null)
  const evidence =
    after === null
      ? 'The tunnel could not be read again.'
      : after.psk_metadata?.last_generated_on === was
        ? `Its key is still dated ${was ?? 'never'}, so the old key probably still counts.`
        : 'A new key was made, but its value was lost on the way.'
  const { ray } = because.problem
  return ProblemError.of(
    'outcome-unknown',
    { detail: `${evidence} Generate again: a lost key cannot be shown later.`, ...(ray !== undefined && { ray }) },
    { cause: because },
  )
}
