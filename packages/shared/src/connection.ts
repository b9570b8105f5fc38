import type { ClockSkew } from './clock-skew.ts'
import type { UpstreamError } from './problem.ts'

/**
 * How a question to Cloudflare ended. `ok` · `refused` the token may not (401, 403) · `rejected` another no of Cloudflare's ·
 * `limited` it asks us to slow down · `timeout` no answer within the time that a check has · `unreachable` no connection ·
 * `failed` Cloudflare's own error (5xx) · `unreadable` an answer, but not of the kind that we asked for, such as a page of HTML
 * · `untried` not asked, see `why`.
 */
export type CheckOutcome =
  | 'ok'
  | 'refused'
  | 'rejected'
  | 'limited'
  | 'timeout'
  | 'unreachable'
  | 'failed'
  | 'unreadable'
  | 'untried'

/** What one question to Cloudflare found. */
export interface Check {
  outcome: CheckOutcome
  /** HTTP status of the answer; `null` where none came. */
  status: number | null
  /** Cloudflare's own words, without anything secret. */
  said: UpstreamError[]
  /** Why it was not asked, or what of ours ended it. */
  why: string | null
  /** UTC, ISO 8601: when it was asked. */
  checkedAt: string
  durationMs: number
}

export type SourceName = 'tunnels' | 'routes' | 'gre' | 'interconnects' | 'leases' | 'analytics' | 'account'

export interface SourceCheck extends Check {
  source: SourceName
  /** How many entries it gave; `null` where it gave none to count. */
  count: number | null
}

/** The two tokens that the console may have: one for changes, and one for reading where it is another. */
export type TokenName = 'api' | 'read'

export interface TokenCheck extends Check {
  token: TokenName
  /** Whether the same token is used for reading as well, as there is no other. */
  isOnly: boolean
  /** What Cloudflare says of it; `null` where it says nothing. */
  state: 'active' | 'disabled' | 'expired' | null
  /** Whose it is, by which of the two ways to verify it worked. */
  owner: 'user' | 'account' | null
  /** UTC, ISO 8601; `null`: it does not expire, or that is not known. */
  expiresOn: string | null
}

export interface ConnectionReport {
  /** UTC, ISO 8601: when the check began. */
  checkedAt: string
  durationMs: number
  /** Seconds until a new check is made; a request before that is answered with this one. */
  againInSeconds: number
  tokens: TokenCheck[]
  sources: SourceCheck[]
  /** A dry run of a change that changes nothing: whether Cloudflare would take it. */
  write: Check
  permissions: PermissionCheck[]
  /** What is left of Cloudflare's rate limit for the token that reads; `null` where Cloudflare does not say. */
  budget: { remaining: number; quota: number | null; resetInSeconds: number } | null
  /** How the console's clock stands to Cloudflare's; `null` where no answer was dated. */
  clock: ClockSkew | null
}

export type PermissionName = 'magicRead' | 'magicWrite' | 'analyticsRead' | 'accountRead' | 'leasesRead'

/**
 * `present` by all that was seen · `partly` some of what it opens is refused · `missing` all of it is refused · `unknown`
 * nothing was answered, or the token as a whole does not work.
 */
export type PermissionState = 'present' | 'partly' | 'missing' | 'unknown'

export interface PermissionCheck {
  permission: PermissionName
  /** Which token would need it. */
  token: TokenName
  state: PermissionState
}

/** What the console knows of a permission: its name at Cloudflare, and what rests on it. */
interface PermissionFacts {
  /** The group in the dashboard's form, below "Account", and how much of it. The name is both: "Magic WAN Read". */
  group: string
  level: 'Read' | 'Write'
  /** Other permissions that open the same. */
  alsoEnough: readonly string[]
  /** Whether Cloudflare publishes that this is the permission. */
  isPublished: boolean
  token: TokenName
  opens: readonly (SourceName | 'write')[]
}

/** By Cloudflare's API description, which names none for leases: there it is our guess. */
export const permissionFacts: Readonly<Record<PermissionName, PermissionFacts>> = {
  magicRead: {
    group: 'Magic WAN',
    level: 'Read',
    alsoEnough: ['Magic WAN Write', 'Magic Transit Read', 'Magic Transit Write'],
    isPublished: true,
    token: 'read',
    opens: ['tunnels', 'routes', 'gre', 'interconnects'],
  },
  magicWrite: {
    group: 'Magic WAN',
    level: 'Write',
    alsoEnough: ['Magic Transit Write'],
    isPublished: true,
    token: 'api',
    opens: ['write'],
  },
  analyticsRead: readOnly('Account Analytics', 'analytics'),
  leasesRead: { ...readOnly('IP Prefixes', 'leases'), isPublished: false },
  accountRead: readOnly('Account Settings', 'account'),
}

function readOnly(group: string, source: SourceName): PermissionFacts {
  return { group, level: 'Read', alsoEnough: [], isPublished: true, token: 'read', opens: [source] }
}

/** As in Cloudflare's list of permissions: "Magic WAN Write". */
export function permissionTitle(permission: PermissionName): string {
  const { group, level } = permissionFacts[permission]
  return `${group} ${level}`
}

/** What a person misses in this console while something cannot be read or done. */
export const costOf: Readonly<Record<SourceName | 'write', string>> = {
  tunnels: 'No list, no tunnel, no status and no change: the console has nothing to show.',
  routes:
    'Tunnels show no static routes, nobody sees before a delete which traffic rests on the tunnel, and “Where does it go?” has no answer.',
  gre: 'Inside addresses that GRE tunnels use look free, so that Cloudflare may refuse a proposed one.',
  interconnects: 'Inside addresses of network interconnects look free, so that Cloudflare may refuse a proposed one.',
  leases:
    'A new tunnel is offered only those Cloudflare endpoints that other tunnels use, not all that the account leases.',
  analytics: 'The state of every tunnel is Unknown, and no change can be seen to make one worse.',
  account: 'The account’s id stands where its name would.',
  write: 'Nothing can be created, changed or deleted, and no key be made: Cloudflare refuses each try.',
}

type Evidence = Pick<ConnectionReport, 'tokens' | 'sources' | 'write'>
type Uses = Omit<Evidence, 'tokens'>

/**
 * Which permissions the tokens seem to have, by what Cloudflare let them do: it tells no token's permissions to that token.
 * A dry run that was rejected for its content got past the permission. Where the token as a whole is refused, the refusals
 * say nothing of single permissions.
 */
export function permissionsOf({ tokens, sources, write }: Evidence): PermissionCheck[] {
  return Object.entries(permissionFacts).map(([permission, { opens, token: used }]) => {
    const token = tokens.find((check) => check.token === used) ?? tokens.find(({ isOnly }) => isOnly)
    const outcomes = opens.flatMap((what) =>
      what === 'write'
        ? [triedOutcome(write)]
        : sources.filter(({ source }) => source === what).map(({ outcome }) => outcome),
    )
    const state = token && isUnusable(token, { sources, write }) ? 'unknown' : stateOf(outcomes)
    return { permission: permission as PermissionName, token: token?.token ?? used, state }
  })
}

/**
 * Whether Cloudflare takes this token for nothing at all: it says so itself, or it will not verify it and nothing that the
 * token is used for was let through.
 */
export function isUnusable({ token, isOnly, state, outcome }: TokenCheck, { sources, write }: Uses): boolean {
  if (state !== null) return state !== 'active'
  if (outcome !== 'refused' && outcome !== 'rejected') return false
  const reads = isOnly || token === 'read' ? sources.map((source) => source.outcome) : []
  const writes = isOnly || token === 'api' ? [triedOutcome(write)] : []
  return ![...reads, ...writes].includes('ok')
}

/** What Cloudflare found wrong with a tunnel, it found after it had let the token pass. A 404 says nothing of either. */
const triedOutcome = ({ outcome, status }: Check): CheckOutcome =>
  outcome === 'rejected' && status !== 404 ? 'ok' : outcome

function stateOf(outcomes: readonly CheckOutcome[]): PermissionState {
  const isOpen = outcomes.includes('ok')
  const isShut = outcomes.includes('refused')
  if (isOpen) return isShut ? 'partly' : 'present'
  return isShut ? 'missing' : 'unknown'
}

/** What is shut for want of this permission, so what it costs: all that it opens, less what answered. */
export function shutBy(permission: PermissionName, { sources, write }: Uses) {
  const refused = new Set<SourceName | 'write'>(
    sources.filter(({ outcome }) => outcome === 'refused').map(({ source }) => source),
  )
  if (write.outcome === 'refused') refused.add('write')
  return permissionFacts[permission].opens.filter((what) => refused.has(what))
}

/** Whether everything that the console can make use of was there to be used. */
export function isWhole({ tokens, sources, write }: Evidence): boolean {
  return [...sources, write].every(({ outcome }) => outcome === 'ok') && tokens.every(({ state }) => state === 'active')
}

/** Days until a token expires, rounded down; negative when it has. `null`: it does not, or that is not known. */
export function daysLeft({ expiresOn }: Pick<TokenCheck, 'expiresOn'>, now: Date): number | null {
  const at = Date.parse(expiresOn ?? '')
  return Number.isNaN(at) ? null : Math.floor((at - now.getTime()) / 86_400_000)
}
