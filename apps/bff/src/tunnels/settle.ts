import { ProblemError } from '@tunnel-console/shared/problem'
import { Ambiguous } from '../cloudflare/ambiguous.ts'

/** What a look at Cloudflare shows after a write whose answer was lost. */
export type Finding<T> = { fate: 'applied'; value: T } | { fate: 'absent' } | { fate: 'other' }

/** Pauses before each look, in milliseconds. "Absent" counts only when it is seen twice, two seconds apart (assurance.md B2). */
const pauses = [0, 2000]

/**
 * Sends a write once. When its fate is open, looks until it is known: `applied` gives the value, "absent" twice is
 * `not-applied` (or Cloudflare's own refusal, where it gave one), and everything else is honestly `outcome-unknown`.
 */
export async function sendOnce<T>(send: () => Promise<T>, look: () => Promise<Finding<T>>, lost: string): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof Ambiguous)) throw error
    return await resolve(error.because, look, lost)
  }
}

async function resolve<T>(because: ProblemError, look: () => Promise<Finding<T>>, lost: string): Promise<T> {
  const unknown = () => ProblemError.of('outcome-unknown', { detail: lost, ...rayOf(because) }, { cause: because })
  for (const pause of pauses) {
    await new Promise((wake) => setTimeout(wake, pause))
    const finding = await look().catch(() => null)
    if (finding?.fate === 'applied') return finding.value
    if (finding?.fate !== 'absent') throw unknown()
  }
  const { code, title, detail, upstream, retryAfter } = because.problem
  if (code === 'rejected' || code === 'upstream-rate-limited') throw because
  throw ProblemError.of('not-applied', {
    detail: `${(detail ?? title).replace(/\.?$/, '.')} The tunnels were read twice afterwards: nothing has changed. You can try again.`,
    ...(upstream && { upstream }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...rayOf(because),
  })
}

function rayOf({ problem }: ProblemError): { ray?: string } {
  return problem.ray === undefined ? {} : { ray: problem.ray }
}
