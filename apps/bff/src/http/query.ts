import { ProblemError } from '@tunnel-console/shared/problem'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppEnv } from './env.ts'

/**
 * The query parameters of a request by a strict schema. A name that comes twice or that the route does not know is
 * refused (S12): `?validate-only=true`, taken for a real write, would be the worst kind of typing error.
 */
export function queryOf<Schema extends z.ZodType>(c: Context<AppEnv>, schema: Schema): z.output<Schema> {
  const search = new URL(c.req.url).searchParams
  const names = [...search.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw badQuery(twice, 'comes more than once')
  const result = schema.safeParse(Object.fromEntries(search))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0]
  throw badQuery(String(name ?? ''), issue?.code === 'unrecognized_keys' ? 'is not known here' : (issue?.message ?? ''))
}

function badQuery(name: string, why: string): ProblemError {
  return ProblemError.of('bad-request', { detail: `The query parameter ${JSON.stringify(name.slice(0, 60))} ${why}` })
}

/** For routes that take no parameters: a password that somebody puts into the address must not seem to work there. */
export const NoQuery = z.strictObject({})
