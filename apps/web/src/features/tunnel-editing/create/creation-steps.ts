import type { TunnelDraft } from '@tunnel-console/shared/draft'
import type { FieldPath } from '@tunnel-console/shared/field'
import { isInUse } from '@tunnel-console/shared/field-values'
import { fieldList } from '@tunnel-console/shared/fields'
import type { FieldProblem } from '@tunnel-console/shared/form'

/** The steps of guided creation, in their order: each is an address below `/tunnels/new`. */
export const creationSteps = [
  { id: 'basics', title: 'Basics' },
  { id: 'endpoints', title: 'Endpoints' },
  { id: 'inside', title: 'Inside addresses' },
  { id: 'health', title: 'Health and BGP' },
  { id: 'key', title: 'Key' },
  { id: 'review', title: 'Review' },
] as const

export type CreationStep = (typeof creationSteps)[number]['id']

/** A step, or the plain form with all fields of the same draft. */
export type CreationView = CreationStep | 'all'

export const isCreationView = (text: unknown): text is CreationView =>
  text === 'all' || creationSteps.some(({ id }) => id === text)

const stepOfSection = {
  identity: 'basics',
  endpoints: 'endpoints',
  ike: 'endpoints',
  inside: 'inside',
  health: 'health',
  bgp: 'health',
  protection: 'health',
} as const satisfies Record<(typeof fieldList)[number]['section'], CreationStep>

/** The step that asks for a field. */
export function stepOfPath(path: string): CreationStep {
  const field = fieldList.find((other) => other.path === path)
  return field ? stepOfSection[field.section] : 'basics'
}

/** What a step asks for in this draft, in the order of the form. */
export function fieldsOfStep(step: CreationStep, draft: TunnelDraft): readonly FieldPath[] {
  return fieldList.map(({ path }) => path).filter((path) => stepOfPath(path) === step && isInUse(draft, path))
}

/** The first step that somebody has to do: one that was never done, or where something is wrong by now. */
export function firstUnfinished(done: readonly CreationStep[], problems: readonly FieldProblem[]): CreationStep {
  const wrong = new Set(problems.map(({ path }) => stepOfPath(path)))
  const open = creationSteps.find(({ id }) => id === 'review' || !done.includes(id) || wrong.has(id))
  return open?.id ?? 'review'
}

/** The step beside one, `null` at either end. */
export function stepBeside(step: CreationStep, by: 1 | -1): CreationStep | null {
  const index = creationSteps.findIndex(({ id }) => id === step)
  return creationSteps[index + by]?.id ?? null
}

export const numberOfStep = (step: CreationStep): number => creationSteps.findIndex(({ id }) => id === step) + 1
