import type { Context } from 'hono'
import type { SandboxEnv } from './context.ts'
import type { Refusal } from './errors.ts'

/** Every success is 200, creations and deletions too. */
export function answer(c: Context<SandboxEnv>, result: unknown): Response {
  return c.json({ result, success: true, errors: [], messages: [] })
}

export function answerRefusal(c: Context<SandboxEnv>, { status, errors }: Refusal): Response {
  return c.json({ result: null, success: false, errors, messages: [] }, status)
}
