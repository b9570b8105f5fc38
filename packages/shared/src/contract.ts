import type { Role } from './access.ts'
import type { AddressesAnswer, HoldAnswer, HoldInput, RoutesAnswer } from './addresses.ts'
import type {
  AuditPage,
  HandoffEntry,
  KeyResult,
  ManyResult,
  OutcomeAnswer,
  OwnSession,
  PlanAnswer,
  PskAnswer,
  SessionAnswer,
  StaticRoute,
  StatusAnswer,
  TunnelAnswer,
  TunnelListAnswer,
  TunnelVersion,
  UndoEntry,
  UserEntry,
  ValidationAnswer,
  WrittenTunnel,
} from './api.ts'
import type { ApprovalEntry, ApprovalInput } from './approvals.ts'
import type { AuditOutcome } from './audit-outcome.ts'
import type { ConnectionReport } from './connection.ts'
import type { AskedChange, ChangedTunnel, JobAnswer, JobEntry, JobInput } from './jobs.ts'
import type { KeyedInput, TunnelPatch } from './patch.ts'
import type { PlannedInput, PlannedWork } from './planned.ts'
import type { Settings, SettingsPatch } from './settings.ts'
import type { StateChangesAnswer, TunnelHistoryAnswer, TunnelStatusAnswer } from './status-answers.ts'
import type { VisibleTunnel } from './visible.ts'
import type { NamesAnswer, WallAnswer, WallScreen } from './walls.ts'
import type { Webhook, WebhookDelivery, WebhookInput, WebhookPatch, WebhooksAnswer } from './webhooks.ts'

/**
 * One call of the console's HTTP interface. Method and path exist at run time; what goes in and what comes out exist in the
 * type alone, so that a browser loads no schema for it. `inputs.ts` has the schema of every `Input`.
 */
export interface Endpoint<Input = unknown, Answer = unknown, Query = unknown, Path extends string = string> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: Path
  /** Never set: carries the types. */
  readonly types?: { input: Input; answer: Answer; query: Query }
}

export type InputOf<E extends Endpoint> = E extends Endpoint<infer Input, unknown, unknown> ? Input : never
export type AnswerOf<E extends Endpoint> = E extends Endpoint<unknown, infer Answer, unknown> ? Answer : never
export type QueryOf<E extends Endpoint> = E extends Endpoint<unknown, unknown, infer Query> ? Query : never

/** The names of the parameters in a path: `'/api/tunnels/:id'` gives `'id'`. */
export type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

/** Nothing goes in. */
type None = undefined

const get =
  <Answer, Query = None>() =>
  <Path extends string>(path: Path): Endpoint<None, Answer, Query, Path> => ({ method: 'GET', path })

const call =
  <Input, Answer, Query = None>(method: Endpoint['method']) =>
  <Path extends string>(path: Path): Endpoint<Input, Answer, Query, Path> => ({ method, path })

/** Every write may be a dry run: nothing happens, and the answer says whether Cloudflare would accept it. */
export interface DryRun {
  validate_only?: 'true' | 'false' | undefined
}

/** Accepted by who wants the list of tunnels in columns. The answer is `application/json` all the same. */
export const columnsType = 'application/vnd.tunnel-console.columns+json'

/** A change that undoes itself after so many minutes unless somebody keeps it. */
export interface Undoing {
  undo_minutes?: '5' | '10' | '30' | undefined
}

/** A key that was encrypted in the browser: the server never has what opens it. */
export interface NewHandoff {
  tunnelId: string
  /** AES-GCM, base64url: nonce and ciphertext. */
  ciphertext: string
  /** 1 to 24. */
  hours: number
}

export interface Ok {
  ok: true
}

export interface AuditQuery {
  actor?: string | undefined
  action?: string | undefined
  /** The id of a tunnel or a person, of one that is gone too. */
  target?: string | undefined
  outcome?: AuditOutcome | undefined
  /** The id of one entry. */
  entry?: string | undefined
  /** Entries of this moment (ISO 8601 with a zone) or UTC day (`2026-11-24`) and later. */
  from?: string | undefined
  /** Entries before this moment, or to the end of this UTC day. */
  to?: string | undefined
  /** Found in the target's name, the actor's address, the action, a changed value or the reason, whatever the case of its letters. */
  text?: string | undefined
  /** Only dry runs, or none. */
  validate_only?: 'true' | 'false' | undefined
}

export interface Credentials {
  email: string
  password: string
}

export interface FirstAdministrator extends Credentials {
  token: string
  name: string
}

/** Somebody who is to be let in. */
export interface NewPerson {
  email: string
  name: string
  role: Role
}

/** How long a one-time link counts, in hours. */
export const linkHours = { invite: 72, reset: 24 } as const

/** What a one-time link is good for, and for whom. */
export interface LinkAnswer {
  kind: 'invite' | 'reset'
  email: string
  name: string
}

/** The whole interface between browser and BFF. Both sides are typed by it and take their paths from it. */
export const endpoints = {
  signInOptions: get<{ mode: 'live' | 'sandbox'; setupNeeded: boolean }>()('/api/sign-in-options'),
  signIn: call<Credentials, Ok>('POST')('/api/auth/sign-in/email'),
  signOut: call<None, Ok>('POST')('/api/auth/sign-out'),
  signInSandbox: call<{ role: Role }, Ok>('POST')('/api/sandbox/sign-in'),
  resetSandbox: call<None, Ok>('POST')('/api/sandbox/reset'),
  setUp: call<FirstAdministrator, Ok>('POST')('/api/setup'),
  session: get<SessionAnswer>()('/api/session'),

  /** A person did something: the idle time begins anew. Polling never calls it. */
  stayed: call<None, { idleEndsAt: string; expiresAt: string }>('POST')('/api/session/activity'),
  changePassword: call<{ current: string; password: string }, Ok>('POST')('/api/session/password'),
  ownSessions: get<{ sessions: OwnSession[] }>()('/api/session/sessions'),
  endOwnSession: call<None, Ok>('DELETE')('/api/session/sessions/:sessionId'),

  users: get<{ users: UserEntry[] }>()('/api/users'),
  inviteUser: call<NewPerson, { user: UserEntry; inviteUrl: string }>('POST')('/api/users'),
  updateUser: call<{ role?: Role | undefined; disabled?: boolean | undefined }, { user: UserEntry }>('PATCH')(
    '/api/users/:userId',
  ),
  endUserSessions: call<None, Ok>('DELETE')('/api/users/:userId/sessions'),
  resetUser: call<None, { resetUrl: string }>('POST')('/api/users/:userId/reset'),
  /** Looks at a link without using it up. A POST, so that the token stands in no address. */
  lookAtLink: call<{ token: string }, LinkAnswer>('POST')('/api/invite/look'),
  useLink: call<{ token: string; password: string }, Ok>('POST')('/api/invite'),

  /** To who accepts `columnsType` a `TunnelColumnsAnswer`, which `columns.ts` makes this list of. */
  tunnels: get<TunnelListAnswer>()('/api/tunnels'),
  tunnel: get<TunnelAnswer<VisibleTunnel>>()('/api/tunnels/:id'),
  updateTunnels: call<
    { tunnels: ChangedTunnel[] },
    { results: ManyResult[] },
    DryRun & { all_or_nothing?: 'true' | 'false' | undefined }
  >('PUT')('/api/tunnels'),
  createTunnel: call<KeyedInput, WrittenTunnel | ValidationAnswer, DryRun>('POST')('/api/tunnels'),
  updateTunnel: call<TunnelPatch, WrittenTunnel | ValidationAnswer, DryRun & Undoing>('PUT')('/api/tunnels/:id'),
  deleteTunnel: call<None, { deleted: true } | ValidationAnswer, DryRun>('DELETE')('/api/tunnels/:id'),
  generatePsk: call<None, PskAnswer | ValidationAnswer, DryRun>('POST')('/api/tunnels/:id/psk_generate'),
  /** Sets keys for many: those that are given, and for the others such as the BFF makes. */
  setPsks: call<{ tunnels: { id: string; psk?: string | undefined }[] }, { results: KeyResult[] }, DryRun>('POST')(
    '/api/tunnels/psk',
  ),
  tunnelRoutes: get<{ routes: StaticRoute[] }>()('/api/tunnels/:id/routes'),
  /** Asking closes a key that has not arrived, so it is a POST. */
  outcome: call<{ key: string }, OutcomeAnswer>('POST')('/api/changes/outcome'),

  /** The newest first. `tunnel`: only those that name it and have not begun. */
  jobs: get<{ jobs: JobEntry[] }, { tunnel?: string | undefined }>()('/api/jobs'),
  job: get<JobAnswer>()('/api/jobs/:jobId'),
  createJob: call<JobInput, JobAnswer>('POST')('/api/jobs'),
  /** Moves a job that has not begun to another time. */
  rescheduleJob: call<{ startsAt: string }, JobAnswer>('PATCH')('/api/jobs/:jobId'),
  pauseJob: call<None, JobAnswer>('POST')('/api/jobs/:jobId/pause'),
  resumeJob: call<None, JobAnswer>('POST')('/api/jobs/:jobId/resume'),
  stopJob: call<None, JobAnswer>('POST')('/api/jobs/:jobId/stop'),
  /** Tries the refused and skipped rows once more. */
  retryJob: call<None, JobAnswer>('POST')('/api/jobs/:jobId/retry'),

  /** Asks Cloudflare about each row of a plan, in the order given. Nothing happens. */
  checkPlan: call<{ tunnels: AskedChange[] }, { results: PlanAnswer[] }>('POST')('/api/plan'),

  /** Changes that undo themselves: those under way, and those that ended within a day. */
  undos: get<{ undos: UndoEntry[] }>()('/api/undos'),
  keepChange: call<None, Ok>('POST')('/api/undos/:group/keep'),
  undoNow: call<None, Ok>('POST')('/api/undos/:group/undo'),

  /** Newest first, at most 200; of a tunnel that is gone, too. */
  versions: get<{ versions: TunnelVersion[] }>()('/api/tunnels/:id/versions'),

  handoffs: get<{ handoffs: HandoffEntry[] }>()('/api/handoffs'),
  createHandoff: call<NewHandoff, { handoff: HandoffEntry }>('POST')('/api/handoffs'),
  revokeHandoff: call<None, Ok>('DELETE')('/api/handoffs/:handoffId'),
  /** Gives what was left, once. Whoever has the link may, without an account. */
  openHandoff: call<None, { ciphertext: string }>('POST')('/api/handoffs/:handoffId/open'),

  settings: get<{ settings: Settings }>()('/api/settings'),
  changeSettings: call<SettingsPatch, { settings: Settings }>('PATCH')('/api/settings'),
  /** Checks what the tokens may do at Cloudflare; within a minute of a check, tells what that one found. */
  connection: get<ConnectionReport>()('/api/connection'),

  /** Changes that wait for a second person, and those that were decided within a week. Newest first. */
  approvals: get<{ approvals: ApprovalEntry[] }>()('/api/approvals'),
  askApproval: call<ApprovalInput, { approval: ApprovalEntry }>('POST')('/api/approvals'),
  /** Carries the change out at once, as that of whoever asked. */
  approve: call<{ word?: string | undefined }, { approval: ApprovalEntry }>('POST')(
    '/api/approvals/:approvalId/approve',
  ),
  decline: call<{ word: string }, { approval: ApprovalEntry }>('POST')('/api/approvals/:approvalId/decline'),
  withdrawApproval: call<None, { approval: ApprovalEntry }>('DELETE')('/api/approvals/:approvalId'),

  addresses: get<AddressesAnswer>()('/api/addresses'),
  /** Keeps a subnet for a draft. Throws `address-taken`, which names who has it and a free one. */
  holdAddress: call<HoldInput, HoldAnswer>('POST')('/api/addresses/holds'),
  releaseAddress: call<None, Ok>('DELETE')('/api/addresses/holds/:holdId'),
  routes: get<RoutesAnswer>()('/api/addresses/routes'),

  status: get<StatusAnswer>()('/api/status'),
  /** Which tunnels went from one state to another: within the last 24 hours, or a time of at most 90 days. */
  stateChanges: get<
    StateChangesAnswer,
    { from?: string | undefined; to?: string | undefined; cursor?: string | undefined; limit?: string | undefined }
  >()('/api/status/changes'),
  /** Work on tunnels that was announced and is not over. */
  planned: get<{ works: PlannedWork[] }>()('/api/planned'),
  planWork: call<PlannedInput, { work: PlannedWork }>('POST')('/api/planned'),
  /** Ends it before its time. */
  endWork: call<None, Ok>('DELETE')('/api/planned/:workId'),
  /** One tunnel from close by: its data centres, its site, what changed before. */
  tunnelStatus: get<TunnelStatusAnswer>()('/api/tunnels/:id/status'),
  /** The states that a tunnel was in, of one that is gone too: the last 24 hours, or a time of at most 90 days. */
  tunnelHistory: get<TunnelHistoryAnswer, { from?: string | undefined; to?: string | undefined }>()(
    '/api/tunnels/:id/history',
  ),
  /** What a screen on a wall is told of itself. */
  wall: get<WallAnswer>()('/api/wall'),
  names: get<NamesAnswer>()('/api/names'),
  /** Exchanges the link of a new screen for its session, once. Whoever has it may. */
  openWall: call<{ link: string }, Ok>('POST')('/api/wall/open'),
  walls: get<{ screens: WallScreen[] }>()('/api/walls'),
  /** The link is told this once. */
  createWall: call<{ name: string }, { screen: WallScreen; url: string }>('POST')('/api/walls'),
  revokeWall: call<None, Ok>('DELETE')('/api/walls/:wallId'),

  webhooks: get<WebhooksAnswer>()('/api/webhooks'),
  /** The answer is the only place where the secret ever stands. */
  createWebhook: call<WebhookInput, { webhook: Webhook; secret: string }>('POST')('/api/webhooks'),
  changeWebhook: call<WebhookPatch, { webhook: Webhook }>('PATCH')('/api/webhooks/:webhookId'),
  deleteWebhook: call<None, Ok>('DELETE')('/api/webhooks/:webhookId'),
  /** Sends a message that tells nothing, and says how that ended. */
  testWebhook: call<None, { delivery: WebhookDelivery }>('POST')('/api/webhooks/:webhookId/test'),
  audit: get<AuditPage, AuditQuery & { cursor?: string | undefined; limit?: string | undefined }>()('/api/audit'),
  auditActors: get<{ actors: string[] }>()('/api/audit/actors'),
  /** Answers a file, not JSON of this type. */
  auditExport: get<string, AuditQuery & { format: 'csv' | 'json' }>()('/api/audit/export'),
} as const satisfies Record<string, Endpoint>
