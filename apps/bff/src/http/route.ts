import { type AnswerOf, endpoints, type InputOf, type ParamsOf, type QueryOf } from '@tunnel-console/shared/contract'
import { inputs, queries } from '@tunnel-console/shared/inputs'
import { isSessionId, isUserId } from '@tunnel-console/shared/person-id'
import { ProblemError } from '@tunnel-console/shared/problem'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { isUuid } from '@tunnel-console/shared/uuid'
import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import { parseBody, refuseBody } from './body.ts'
import type { AppEnv } from './env.ts'
import { NoQuery, queryOf } from './query.ts'
import type { Guard } from './requires.ts'

type Endpoints = typeof endpoints
type Name = keyof Endpoints

/** A request that has passed its guard and its schemas. */
export interface Call<N extends Name> {
  c: Context<AppEnv>
  params: Record<ParamsOf<Endpoints[N]['path']>, string>
  input: InputOf<Endpoints[N]>
  query: QueryOf<Endpoints[N]>
}

/** What a handler answers: the contract's own type, or a response that was prepared as text. */
export type Reply<N extends Name> =
  | { body: AnswerOf<Endpoints[N]>; status?: 200 | 201; headers?: Record<string, string> }
  | Response

/**
 * Puts a route of the contract on an app: who may call it, then its path parameters, query and body by the contract's own
 * schemas, then the handler, whose answer must be what the contract says. No route is made in another way.
 */
export function route<N extends Name>(
  app: Hono<AppEnv>,
  name: N,
  guard: Guard,
  handle: (call: Call<N>) => Promise<Reply<N>> | Reply<N>,
): void {
  const { method, path } = endpoints[name]
  app.on(method, path, guard, async (c) => {
    const call = {
      c,
      params: paramsOf(c),
      query: queryOf(c, querySchema(name)),
      input: method === 'GET' ? undefined : await inputOf(c, name),
    } as Call<N>
    const reply = await handle(call)
    return reply instanceof Response ? reply : c.json(reply.body, reply.status ?? 200, reply.headers)
  })
}

function querySchema(name: Name): z.ZodType {
  return name in queries ? queries[name as keyof typeof queries] : NoQuery
}

/** The body by its schema; a write that takes no fields refuses a body that has some (S09). */
async function inputOf(c: Context<AppEnv>, name: Name): Promise<unknown> {
  if (!(name in inputs)) {
    refuseBody(await c.req.text())
    return undefined
  }
  return parseBody(inputs[name as keyof typeof inputs] as z.ZodType, await jsonOf(c))
}

async function jsonOf(c: Context<AppEnv>): Promise<unknown> {
  try {
    return await c.req.json()
  } catch (cause) {
    // The limit of the body says so itself.
    if (cause instanceof ProblemError) throw cause
    throw ProblemError.of('bad-request', { detail: 'The body is not JSON' }, { cause })
  }
}

type Param = { [N in Name]: ParamsOf<Endpoints[N]['path']> }[Name]

/** What each parameter of a path must be. One that is not named here is a type error. */
const patterns: Record<Param, readonly [isOne: (value: string) => boolean, words: string]> = {
  id: [isTunnelId, 'A tunnel id is 32 hexadecimal digits'],
  userId: [isUserId, 'This is not the id of a person'],
  sessionId: [isSessionId, 'This is not the id of a session'],
  jobId: [isUuid, 'This is not the id of a job'],
  group: [isUuid, 'This is not the id of a change'],
  approvalId: [isUuid, 'This is not the id of an approval'],
  handoffId: [isUuid, 'This is not the id of a hand-off'],
  holdId: [isUuid, 'This is not the id of a hold'],
  workId: [isUuid, 'This is not the id of planned work'],
  webhookId: [isUuid, 'This is not the id of a webhook'],
  wallId: [isUuid, 'This is not the id of a screen'],
}

/** The parameters of a path, each checked by its own strict pattern before any use (S01). */
function paramsOf(c: Context<AppEnv>): Record<string, string> {
  const params = c.req.param() as Record<Param, string>
  for (const [name, value] of Object.entries(params)) {
    const [isOne, detail] = patterns[name as Param]
    if (!isOne(value)) throw ProblemError.of('bad-request', { detail })
  }
  return params
}
