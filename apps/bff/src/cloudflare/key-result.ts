import { ProblemError } from '@tunnel-console/shared/problem'
import { z } from 'zod'
import { Ambiguous } from './ambiguous.ts'
import type { Reply } from './envelope.ts'

/** A key that counts from now on. */
export interface GeneratedPsk {
  psk: string
  ipsecId: string | undefined
  lastGeneratedOn: string | null
}

const Result = z.object({
  successfully_applied_psks: z.record(z.string(), z.unknown()).nullish().catch(null),
  unapplied_psks: z.record(z.string(), z.unknown()).nullish().catch(null),
})
const Applied = z.object({
  psk: z.string().optional().catch(undefined),
  ipsec_id: z.string().optional().catch(undefined),
  psk_metadata: z.object({ last_generated_on: z.string().nullable().catch(null) }).catch({ last_generated_on: null }),
})

interface Asked {
  id: string
  psk: string
  isDryRun: boolean
}

/**
 * What Cloudflare says of the one key that was set (U22). It names the tunnel among those that have their key or, with a
 * reason, among those that do not: that is `rejected`. Neither, both, or another key than ours is no answer: `Ambiguous`. A
 * dry run gives `null`, whatever the answer holds.
 */
export function readKeyResult({ result, ray, scrub }: Reply, { id, psk, isDryRun }: Asked): GeneratedPsk | null {
  const answer = Result.safeParse(result).data
  const [done, reason] = [answer?.successfully_applied_psks?.[id], answer?.unapplied_psks?.[id]]
  if (reason !== undefined && done === undefined) throw refused(reason, ray, scrub)
  if (isDryRun) return null
  const applied = Applied.safeParse(done)
  if (!applied.success || reason !== undefined) throw noAnswer('Cloudflare does not say whether this key was set')
  const { psk: told, ipsec_id, psk_metadata } = applied.data
  if (told && told !== psk) throw noAnswer('Cloudflare tells of another key than the one that was set')
  return { psk, ipsecId: ipsec_id, lastGeneratedOn: psk_metadata.last_generated_on }
}

function refused(reason: unknown, ray: string | undefined, scrub: Reply['scrub']): ProblemError {
  const message = scrub(typeof reason === 'string' ? reason : '') || 'Cloudflare gave no reason'
  return ProblemError.of('rejected', { upstream: [{ message }], ...(ray !== undefined && { ray }) })
}

function noAnswer(detail: string): Ambiguous {
  return new Ambiguous(ProblemError.of('upstream-unexpected', { detail }))
}
