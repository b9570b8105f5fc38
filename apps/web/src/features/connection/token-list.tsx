import { daysLeft, type TokenCheck } from '@tunnel-console/shared/connection'
import { exactTime } from '../../lib/exact-times.ts'
import { count } from '../../lib/format.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { Banner } from '../../ui/banner.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { useNow } from '../../ui/time-ago.tsx'
import { Words } from './source-list.tsx'
import { factsOf, tokenLook, tokenNames, tokenVariables } from './words.ts'

/** Soon enough to have another one made and put in its place. */
const warnDays = 30

/** What Cloudflare says of each token. Never the token itself, nor a part of it. */
export function TokenList({ tokens }: { tokens: readonly TokenCheck[] }) {
  return (
    <div className="flex flex-col gap-6">
      {tokens.map((token) => (
        <Token key={token.token} token={token} />
      ))}
    </div>
  )
}

function Token({ token }: { token: TokenCheck }) {
  useStore(timesInUtc)
  const left = daysLeft(token, useNow())
  const isEnding = token.state === 'active' && left !== null && left <= warnDays
  return (
    <section aria-label={tokenNames[token.token]}>
      <h3 className="mb-2 text-14 font-medium">
        {tokenNames[token.token]} <span className="mono text-12 text-fg-3">{tokenVariables[token.token]}</span>
      </h3>
      {isEnding && (
        <div className="mb-2">
          <Banner kind="warning" title={`This token ends in ${count(left, 'day')}`}>
            Make another one at Cloudflare, put it into {tokenVariables[token.token]} and restart the console before
            that.
          </Banner>
        </div>
      )}
      <DefinitionList
        items={[
          { label: 'State', value: <StateBadge {...tokenLook(token)} look="plain" /> },
          { label: 'Used for', value: usedFor(token) },
          { label: 'Belongs to', value: ownerOf(token) },
          { label: 'Expires', value: expiryOf(token, left) },
          { label: 'Asked', value: <span className="nums text-fg-2">{factsOf(token)}</span> },
        ]}
      />
      <div className="mt-1.5">
        <Words check={token} />
      </div>
    </section>
  )
}

function usedFor({ token, isOnly }: TokenCheck): string {
  if (isOnly) return 'Reading and changing'
  return token === 'api' ? 'Changing' : 'Reading'
}

function ownerOf({ owner }: TokenCheck): string {
  if (owner === null) return 'Not known'
  return owner === 'user' ? 'A person (My Profile → API Tokens)' : 'The account (Manage Account → Account API Tokens)'
}

function expiryOf({ expiresOn, state }: TokenCheck, left: number | null): string {
  if (state === null) return 'Not known'
  if (expiresOn === null || left === null) return 'Never'
  const day = exactTime(new Date(expiresOn))
  return left < 0 ? `${day}, in the past` : `${day}, in ${count(left, 'day')}`
}
