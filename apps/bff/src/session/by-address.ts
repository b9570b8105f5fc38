import { ProblemError } from '@tunnel-console/shared/problem'
import { placeOf } from './places.ts'
import { failureOf } from './refusal.ts'
import type { LimitName, Throttle } from './throttle.ts'

/** Everybody may try a link that needs no account, but not for ever: counts one more attempt from this address. */
export async function limitByAddress(throttle: Throttle, name: LimitName, address: string | undefined): Promise<void> {
  await throttle.take(name, placeOf(address) ?? 'unknown').catch((error: unknown) => {
    throw error instanceof ProblemError ? error : failureOf(error)
  })
}
