import { roles } from './access.ts'
import { auditOutcomes } from './audit-outcome.ts'
import type { endpoints, InputOf, QueryOf } from './contract.ts'
import { hiddenCharacter, interfaceAddress } from './field-rules.ts'
import { JobInput, ManyUpdates, oncePerTunnel, PlanCheck } from './job-inputs.ts'
import { mostTunnels } from './jobs.ts'
import { keyedInput, TunnelPatch } from './patch.ts'
import { isUserId } from './person-id.ts'
import { PlannedInput } from './planned.ts'
import { reasonProblem } from './reason.ts'
import { SettingsPatch } from './settings.ts'
import { TunnelId } from './tunnel.ts'
import { isTunnelId } from './tunnel-id.ts'
import { webhookInput, webhookPatch } from './webhook-inputs.ts'
import { z } from './zod.ts'

type Endpoints = typeof endpoints

/** The endpoints that take a body. */
type WithInput = {
  [Name in keyof Endpoints]: InputOf<Endpoints[Name]> extends undefined ? never : Name
}[keyof Endpoints]

/** The endpoints that take query parameters. */
type WithQuery = {
  [Name in keyof Endpoints]: QueryOf<Endpoints[Name]> extends undefined ? never : Name
}[keyof Endpoints]

const email = z.string().trim().max(254)
const realEmail = email.pipe(z.email('Enter an email address'))
const visible = (text: string, context: z.RefinementCtx) => {
  const message = hiddenCharacter(text)
  if (message !== null) context.addIssue({ code: 'custom', message })
}
const name = z.string().trim().min(1, 'Enter a name').max(100, 'Use at most 100 characters').superRefine(visible)
const token = z.string().max(200)
const password = z.string().max(1024)

const psk = z
  .string()
  .min(1, 'Give a key, or leave it out to have one made')
  .max(1000, 'Use at most 1,000 characters')
  .superRefine(visible)
const moment = z.iso.datetime({ offset: true, error: 'Give a moment with its zone, such as 2026-11-29T02:00:00+01:00' })
const words = z
  .string()
  .trim()
  .superRefine((said, context) => {
    const message = reasonProblem(said)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'This is not base64url')

const version = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This is no version of a tunnel')
/** A patch that may rest while it waits. */
const keylessPatch = TunnelPatch.superRefine(({ bgp }, context) => {
  if (!bgp?.md5_key) return
  const message = 'A key cannot wait for approval, since it would have to be stored. An administrator can set it.'
  context.addIssue({ code: 'custom', path: ['bgp', 'md5_key'], message })
})

/** The schema of every body of the contract, strict. An endpoint without one is a type error. */
export const inputs = {
  signIn: z.strictObject({ email, password }),
  signInSandbox: z.strictObject({ role: z.enum(roles) }),
  setUp: z.strictObject({
    token,
    name,
    email: realEmail,
    password,
  }),
  changePassword: z.strictObject({ current: password, password }),
  inviteUser: z.strictObject({ email: realEmail, name, role: z.enum(roles) }),
  updateUser: z
    .strictObject({ role: z.enum(roles).optional(), disabled: z.boolean().optional() })
    .refine((change) => Object.keys(change).length > 0, 'Send a role, or whether the person is disabled'),
  lookAtLink: z.strictObject({ token }),
  useLink: z.strictObject({ token, password }),
  updateTunnels: ManyUpdates,
  createTunnel: keyedInput(psk),
  setPsks: z.strictObject({
    tunnels: oncePerTunnel(z.strictObject({ id: TunnelId, psk: psk.optional() }), mostTunnels.request),
  }),
  planWork: PlannedInput,
  openWall: z.strictObject({ link: token }),
  createWall: z.strictObject({ name }),
  createWebhook: webhookInput,
  changeWebhook: webhookPatch,
  createJob: JobInput,
  checkPlan: PlanCheck,
  rescheduleJob: z.strictObject({ startsAt: moment }),
  createHandoff: z.strictObject({
    tunnelId: TunnelId,
    ciphertext: base64url
      .min(40, 'This is too short to be an encrypted key')
      .max(20_000, 'Leave at most 20,000 characters'),
    hours: z
      .number('Choose a number of hours')
      .int('Choose whole hours')
      .min(1, 'Choose at least an hour')
      .max(24, 'Choose at most 24 hours'),
  }),
  updateTunnel: TunnelPatch,
  changeSettings: SettingsPatch,
  holdAddress: z.strictObject({
    draftId: z.uuid('This is no UUID'),
    interface_address: interfaceAddress.optional(),
  }),
  askApproval: z.strictObject({ tunnelId: TunnelId, version, patch: keylessPatch, reason: words.optional() }),
  approve: z.strictObject({ word: words.optional() }),
  decline: z.strictObject({ word: words.min(1, 'Say why in a word or two') }),
  outcome: z.strictObject({ key: z.string().regex(/^[\w-]{8,255}$/, 'This is no idempotency key') }),
} satisfies { [Name in WithInput]: z.ZodType<InputOf<Endpoints[Name]>> }

const flag = z.enum(['true', 'false'], 'must be true or false')
const dryRun = z.strictObject({ validate_only: flag.optional() })

const text = z.string().min(1, 'must not be empty').max(255, 'must have at most 255 characters')
const dayOrMoment = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'must be a day such as 2026-11-24, or a moment such as 2026-11-24T08:00:00Z',
)
const queryMoment = z.iso.datetime({
  offset: true,
  error: 'must be a moment with its zone, such as 2026-11-24T08:00:00Z',
})
const auditFilter = {
  actor: text.optional(),
  action: text.optional(),
  target: z.union([TunnelId, z.string().refine(isUserId)], 'must be the id of a tunnel or a person').optional(),
  outcome: z.enum(auditOutcomes, `must be one of ${auditOutcomes.join(', ')}`).optional(),
  entry: z.uuid('must be the id of an entry').optional(),
  from: dayOrMoment.optional(),
  to: dayOrMoment.optional(),
  text: z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters').optional(),
  validate_only: flag.optional(),
}

/** The schema of every query of the contract, strict: an unknown name is refused, never ignored (S12). */
export const queries = {
  createTunnel: dryRun,
  updateTunnels: dryRun.extend({ all_or_nothing: flag.optional() }),
  updateTunnel: dryRun.extend({ undo_minutes: z.enum(['5', '10', '30'], 'must be 5, 10 or 30').optional() }),
  setPsks: dryRun,
  deleteTunnel: dryRun,
  jobs: z.strictObject({ tunnel: z.string().refine(isTunnelId, 'must be the id of a tunnel').optional() }),
  generatePsk: dryRun,
  audit: z.strictObject({
    ...auditFilter,
    cursor: z
      .string()
      .regex(/^[1-9]\d{0,15}$/, 'must be a number from nextCursor')
      .optional(),
    limit: z
      .string()
      .regex(/^([1-9]|[1-9]\d|1\d\d|200)$/, 'must be a number from 1 to 200')
      .optional(),
  }),
  auditExport: z.strictObject({
    ...auditFilter,
    format: z.enum(['csv', 'json'], 'must be csv or json').default('json'),
  }),
  stateChanges: z.strictObject({
    from: queryMoment.optional(),
    to: queryMoment.optional(),
    cursor: z
      .string()
      .regex(/^\d{1,15}-\d{1,15}$/, 'must be what nextCursor said')
      .optional(),
    limit: z
      .string()
      .regex(/^([1-9]\d{0,2}|1000)$/, 'must be a number from 1 to 1000')
      .optional(),
  }),
  tunnelHistory: z.strictObject({ from: queryMoment.optional(), to: queryMoment.optional() }),
} satisfies { [Name in WithQuery]: z.ZodType<QueryOf<Endpoints[Name]>> }
