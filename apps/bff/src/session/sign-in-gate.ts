import { ProblemError } from '@tunnel-console/shared/problem'
import type { Places } from './places.ts'
import { placeOf } from './places.ts'
import { failureOf } from './refusal.ts'
import type { Throttle, Ticket } from './throttle.ts'

/**
 * Limits attempts for each account (S34). Strangers share one count, wherever they come from; a place that the account has
 * signed in from has its own, so that they cannot lock its owner out. An address that nobody has is counted alike, or the
 * limit would tell who exists (S35).
 *
 * Once too many were wrong, the password is not looked at any more, right or wrong: `rate-limited`.
 */
export function createSignInGate(throttle: Throttle, places: Places) {
  async function enter(email: string, address: string | undefined): Promise<Ticket> {
    try {
      const account = email.toLowerCase()
      const isKnown = await places.isKnown(account, address)
      return await (isKnown
        ? throttle.take('place', `${account} ${placeOf(address)}`)
        : throttle.take('account', account))
    } catch (error) {
      throw failureOf(error)
    }
  }

  /** Carries a sign-in out if there may be one more attempt. Only a wrong password stays counted. */
  return async <T>(email: string, address: string | undefined, signIn: () => Promise<T>): Promise<T> => {
    const ticket = await enter(email, address)
    try {
      const done = await signIn()
      await Promise.all([ticket.giveBack(), places.remember(email, address)])
      return done
    } catch (error) {
      if (!isWrong(error)) await ticket.giveBack()
      throw error
    }
  }
}

const isWrong = (error: unknown) => error instanceof ProblemError && error.problem.code === 'sign-in-failed'
