import { clockSkew, type DatedAnswer } from '@tunnel-console/shared/clock-skew'
import {
  type Check,
  type ConnectionReport,
  permissionsOf,
  type SourceCheck,
  type SourceName,
  type TokenCheck,
  type TokenName,
} from '@tunnel-console/shared/connection'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Limits } from '../cloudflare/limits.ts'
import type { Deps } from '../deps.ts'
import { type Ask, type Asked, createAsk } from './ask.ts'
import { dryRunOn, sourceQuestions, tunnelsIn, type Verified, verification } from './questions.ts'

/** A page waits for it, so an answer that takes longer counts as none. Two questions in a row at most: 16 s in all. */
const patience: Limits = { headers: 8000, idle: 8000, total: 8000, size: 32 * 1024 ** 2 }

export interface CheckServices {
  client: Pick<CloudflareClient, 'probe' | 'budget' | 'isOneToken'>
  deps: Pick<Deps, 'now' | 'monotonic' | 'upstream'>
  limits?: Limits
}

/**
 * Asks Cloudflare everything that tells how the connection is: each source that the console reads, what the tokens are, and
 * whether a change would be taken. Every question goes out once, all at the same time where none needs another's answer.
 * Never throws; what failed is in the report.
 */
export async function checkConnection(services: CheckServices): Promise<Omit<ConnectionReport, 'againInSeconds'>> {
  const { client, deps, limits = patience } = services
  const answers: DatedAnswer[] = []
  const ask = createAsk({ client, deps, limits, dated: (answer) => answers.push(answer) })
  const [checkedAt, begun] = [deps.now(), deps.monotonic()]
  const names: TokenName[] = client.isOneToken ? ['api'] : ['api', 'read']
  const [{ sources, write }, tokens] = await Promise.all([
    checkUse(ask, deps.upstream.accountId, checkedAt),
    Promise.all(names.map((token) => verified(ask, token, client.isOneToken))),
  ])
  return {
    checkedAt: checkedAt.toISOString(),
    durationMs: Math.round(deps.monotonic() - begun),
    tokens,
    sources,
    write,
    permissions: permissionsOf({ tokens, sources, write }),
    budget: budgetOf(client),
    clock: clockSkew(answers),
  }
}

async function checkUse(ask: Ask, accountId: string, now: Date): Promise<Pick<ConnectionReport, 'sources' | 'write'>> {
  const { tunnels, ...others } = sourceQuestions(accountId, now)
  const asked = (source: SourceName, { check, value }: Asked<number | null>): SourceCheck => ({
    source,
    ...check,
    count: value ?? null,
  })
  const listed = ask(tunnels)
  const [list, write, ...rest] = await Promise.all([
    listed,
    listed.then((answer) => checkWrite(ask, answer, now)),
    ...Object.entries(others).map(async ([source, question]) => asked(source as SourceName, await ask(question))),
  ])
  return { sources: [asked('tunnels', list), ...rest], write }
}

async function checkWrite(ask: Ask, { check, result }: Asked<unknown>, now: Date): Promise<Check> {
  const untried = (why: string): Check => ({
    outcome: 'untried',
    status: null,
    said: [],
    why,
    checkedAt: now.toISOString(),
    durationMs: 0,
  })
  if (check.outcome !== 'ok') return untried('The list of tunnels could not be read, so there is none to try it on')
  const question = dryRunOn(tunnelsIn(result) ?? [])
  return question ? (await ask(question)).check : untried('The account has no tunnel to try it on')
}

/** The place for the tokens of people knows none of an account, and refuses them; so the other place is asked as well. */
async function verified(ask: Ask, token: TokenName, isOnly: boolean): Promise<TokenCheck> {
  const asUser = await ask(verification('user', token))
  if (!isNo(asUser.check)) return tokenCheck(asUser, { token, isOnly, owner: 'user' })
  const asAccount = await ask(verification('account', token))
  return isNo(asAccount.check)
    ? tokenCheck(asUser, { token, isOnly, owner: null })
    : tokenCheck(asAccount, { token, isOnly, owner: 'account' })
}

const isNo = ({ outcome }: Check) => outcome === 'refused' || outcome === 'rejected'

function tokenCheck(
  { check, value }: Asked<Verified>,
  { owner, ...rest }: Pick<TokenCheck, 'token' | 'isOnly' | 'owner'>,
): TokenCheck {
  return {
    ...rest,
    ...check,
    owner: value ? owner : null,
    state: value?.status ?? null,
    expiresOn: value?.expires_on ?? null,
  }
}

function budgetOf({ budget }: Pick<CloudflareClient, 'budget'>): ConnectionReport['budget'] {
  const known = budget()
  if (!known) return null
  return { remaining: known.remaining, quota: known.quota, resetInSeconds: Math.ceil(known.resetAfterMs / 1000) }
}
