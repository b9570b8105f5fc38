import type { ValidationAnswer } from '@tunnel-console/shared/api'
import type { AnswerOf, DryRun, Endpoint } from '@tunnel-console/shared/contract'
import { type Body, jsonOf, type Params, type SendOptions, send } from './api.ts'

/** The answer of a dry run: that it would be accepted or, of what is done to many, a line for each. */
type DryAnswerOf<E extends Endpoint> = [Extract<AnswerOf<E>, ValidationAnswer>] extends [never]
  ? AnswerOf<E>
  : ValidationAnswer

/** Asks whether Cloudflare would accept a write. Nothing happens. */
export async function dryRun<E extends Endpoint<unknown, unknown, DryRun>>(
  endpoint: E,
  options: SendOptions & Params<E> & Body<E>,
): Promise<DryAnswerOf<E>> {
  const query: DryRun = { validate_only: 'true' }
  return (await jsonOf(await send(endpoint, { ...options, query }))) as DryAnswerOf<E>
}
