import {
  type AskedChange,
  type ChangedTunnel,
  type JobInput as Input,
  mostTunnels,
  type PlannedChange,
  undoChoices,
} from './jobs.ts'
import { TunnelInput, TunnelPatch, versionedPatch } from './patch.ts'
import { reasonProblem } from './reason.ts'
import { TunnelId } from './tunnel.ts'
import { z } from './zod.ts'

const version = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'This is no version of a tunnel')
const named = z.strictObject({ id: TunnelId, version })
const changed = versionedPatch({ id: TunnelId, version })

/** A list that names each tunnel once. */
export function oncePerTunnel<T extends { id: string }>(tunnel: z.ZodType<T>, most: number) {
  return z
    .array(tunnel)
    .min(1, 'Choose at least one tunnel')
    .max(most, `Choose at most ${most} tunnels`)
    .superRefine((tunnels, context) => {
      const seen = new Set<string>()
      for (const [index, { id }] of tunnels.entries()) {
        if (seen.has(id))
          context.addIssue({ code: 'custom', path: [index, 'id'], message: 'This tunnel is named twice' })
        seen.add(id)
      }
    })
}

/** Rows of a plan. Each tunnel that is there is named once; new ones have no id to be named by. */
function planned<T extends PlannedChange | AskedChange>(ofVersion: z.ZodType, most: number): z.ZodType<T[]> {
  const row = z.discriminatedUnion('change', [
    z.strictObject({ change: z.literal('create'), tunnel: TunnelInput }),
    z.strictObject({ change: z.literal('update'), id: TunnelId, version: ofVersion, patch: TunnelPatch }),
    z.strictObject({ change: z.literal('delete'), id: TunnelId, version: ofVersion }),
  ])
  return z
    .array(row)
    .min(1, 'Choose at least one tunnel')
    .max(most, `Choose at most ${most} tunnels`)
    .superRefine((rows, context) => {
      const seen = new Set<string>()
      for (const [index, one] of rows.entries()) {
        if (one.change === 'create') continue
        if (seen.has(one.id))
          context.addIssue({ code: 'custom', path: [index, 'id'], message: 'This tunnel is named twice' })
        seen.add(one.id)
      }
    }) as unknown as z.ZodType<T[]>
}

/** The body of `POST /api/plan`. */
export const PlanCheck = z.strictObject({ tunnels: planned<AskedChange>(version.optional(), mostTunnels.request) })

/** The body of `PUT /api/tunnels`. */
export const ManyUpdates = z.strictObject({
  tunnels: oncePerTunnel(changed as z.ZodType<ChangedTunnel>, mostTunnels.request),
})

function wholeNumber(unit: string, least: number, most: number) {
  const words = `Choose a whole number of ${unit}, from ${least} to ${most}`
  return z.number(words).int(words).min(least, words).max(most, words)
}

const options = {
  batchSize: wholeNumber('tunnels', 1, mostTunnels.job).optional(),
  pauseSeconds: wholeNumber('seconds', 0, 3600).optional(),
  stopAfterFailure: z.boolean().optional(),
  stopWhenWorse: z.boolean().optional(),
  undoMinutes: z
    .literal(undoChoices, `Choose ${undoChoices.join(', ')} minutes, or null to keep the changes`)
    .nullable()
    .optional(),
}
const around = {
  ...options,
  reason: z
    .string()
    .trim()
    .superRefine((text, context) => {
      const problem = reasonProblem(text)
      if (problem !== null) context.addIssue({ code: 'custom', message: problem })
    })
    .optional(),
  startsAt: z.iso
    .datetime({ offset: true, error: 'Give a moment with its zone, such as 2026-11-29T02:00:00+01:00' })
    .optional(),
}

/** The body of `POST /api/jobs`. */
export const JobInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('update').optional(),
      tunnels: oncePerTunnel(changed as z.ZodType<ChangedTunnel>, mostTunnels.job),
      ...around,
    }),
    z.strictObject({ kind: z.literal('delete'), tunnels: oncePerTunnel(named, mostTunnels.job), ...around }),
    z.strictObject({ kind: z.literal('plan'), tunnels: planned<PlannedChange>(version, mostTunnels.job), ...around }),
  ],
  'Choose "update", "delete" or "plan"',
) as unknown as z.ZodType<Input>
