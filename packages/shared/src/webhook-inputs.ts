import { tunnelStates } from './status.ts'
import { type WebhookInput, type WebhookPatch, webhookSecretProblem, webhookUrlProblem } from './webhooks.ts'
import { z } from './zod.ts'

const checked = (text: z.ZodString, problemOf: (text: string) => string | null) =>
  text.superRefine((said, context) => {
    const message = problemOf(said)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })

const url = checked(z.string().trim().max(2000, 'Use at most 2,000 characters'), webhookUrlProblem)
const states = z
  .array(z.enum(tunnelStates))
  .min(1, 'Choose at least one state')
  .max(tunnelStates.length)
  .transform((chosen) => tunnelStates.filter((state) => chosen.includes(state)))

export const webhookInput: z.ZodType<WebhookInput> = z.strictObject({
  url,
  states,
  secret: checked(z.string(), webhookSecretProblem).optional(),
})

export const webhookPatch: z.ZodType<WebhookPatch> = z
  .strictObject({ url: url.optional(), states: states.optional(), isEnabled: z.boolean().optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'Send at least one field')
