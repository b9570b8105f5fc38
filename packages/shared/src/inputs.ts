import { roles } from './access.ts'
import { endpoints, type InputOf } from './contract.ts'
import { TunnelInput, TunnelPatch } from './patch.ts'
import { z } from './zod.ts'

type Endpoints = typeof endpoints

/** The endpoints that take a body. */
type WithInput = { [Name in keyof Endpoints]: InputOf<Endpoints[Name]> extends undefined ? never : Name }[keyof Endpoints]

const email = z.string().trim().max(254)
const password = z.string().max(1024)

/** The schema of every body of the contract, strict. An endpoint without one is a type error. */
export const inputs = {
  signIn: z.strictObject({ email, password }),
  signInSandbox: z.strictObject({ role: z.enum(roles) }),
  setUp: z.strictObject({
    token: z.string().max(200),
    name: z.string().trim().min(1, 'Enter a name').max(100, 'Use at most 100 characters'),
    email: email.pipe(z.email('Enter an email address')),
    password,
  }),
  createTunnel: TunnelInput,
  updateTunnel: TunnelPatch,
  outcome: z.strictObject({ key: z.string().regex(/^[\w-]{8,255}$/, 'This is no idempotency key') }),
} satisfies { [Name in WithInput]: z.ZodType<InputOf<Endpoints[Name]>> }
