import type { MiddlewareHandler } from 'hono'
import type { Deps, SandboxEnv } from './context.ts'
import { authenticationFailed, codes, Refusal } from './errors.ts'

/** Bearer tokens only; the read token may also post to GraphQL, which reads. */
export function authenticate(deps: Deps): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization') ?? ''
    const token = /^Bearer ([\w\-.~+/]+=*)$/i.exec(header)?.[1]
    if (token === undefined) throw badAuthorization()
    const isRead = c.req.method === 'GET' || c.req.path.endsWith('/graphql')
    if (!deps.tokens.includes(token) && !(isRead && deps.readTokens.includes(token))) throw authenticationFailed()
    await next()
  }
}

function badAuthorization(): Refusal {
  return new Refusal(400, [
    {
      code: codes.invalidHeaders,
      message: 'Invalid request headers',
      error_chain: [{ code: codes.badAuthorization, message: 'Invalid format for Authorization header' }],
    },
  ])
}
