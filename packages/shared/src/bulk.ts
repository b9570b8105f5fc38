import type { FieldChange } from './diff.ts'
import type { TunnelDraft } from './draft.ts'
import type { FieldPath, FieldValue } from './field.ts'
import { sameValue, valueAt, withValue } from './field-values.ts'
import { fieldAt } from './fields.ts'
import { valueWords } from './words.ts'

/** What makes sense for many tunnels at once. Never a name, an endpoint or an inside address: those are one tunnel's own. */
export const bulkPaths = [
  'health_check.enabled',
  'health_check.rate',
  'health_check.type',
  'health_check.direction',
  'replay_protection',
  'automatic_return_routing',
] as const satisfies readonly FieldPath[]
export type BulkPath = (typeof bulkPaths)[number]

export const descriptionEdits = ['replace', 'prefix', 'suffix'] as const
export type DescriptionEdit = (typeof descriptionEdits)[number]

/** What is to become of many tunnels. A field that is not named stays as it is in each of them. */
export interface BulkChoices {
  values: Partial<Record<BulkPath, string | boolean>>
  description: { how: DescriptionEdit; text: string } | null
}

export const noChoices: BulkChoices = { values: {}, description: null }

/** Whether anything would become of a tunnel. A prefix without letters does nothing; a replacement without any clears. */
export function isAnythingChosen({ values, description }: BulkChoices): boolean {
  const changesText = description !== null && (description.how === 'replace' || description.text !== '')
  return Object.keys(values).length > 0 || changesText
}

/** A tunnel as the choices want it. */
export function chosenDraft(draft: TunnelDraft, { values, description }: BulkChoices): TunnelDraft {
  const chosen = bulkPaths.reduce((wanted, path) => {
    const value = values[path]
    return value === undefined ? wanted : withValue(wanted, path, value)
  }, draft)
  return description === null
    ? chosen
    : { ...chosen, description: describedAs(draft.description, description.how, description.text) }
}

/** What stands there already is not added a second time, so that a bulk edit can be made again. */
function describedAs(now: string, how: DescriptionEdit, text: string): string {
  if (how === 'replace') return text
  if (how === 'prefix') return now.startsWith(text) ? now : text + now
  return now.endsWith(text) ? now : now + text
}

/**
 * A tunnel as it was before these changes, and what stands in the way: a field that holds another value by now than the
 * changes gave it was changed by somebody since, and is left alone. A secret's former value is nowhere, so it stays.
 */
export function restoredDraft(
  draft: TunnelDraft,
  changes: readonly FieldChange[],
): { wanted: TunnelDraft; changedSince: FieldChange[] } {
  const known = changes.filter(({ path }) => {
    const control = fieldAt(path)?.control
    return control !== undefined && control !== 'secret'
  })
  const isRestored = ({ path, before }: FieldChange) => sameValue(valueAt(draft, path), before)
  const changedSince = known.filter(
    (change) => !sameValue(valueAt(draft, change.path), change.after) && !isRestored(change),
  )
  const wanted = known.reduce((restored, { path, before }) => withValue(restored, path, before), draft)
  return { wanted: changedSince.length > 0 ? draft : wanted, changedSince }
}

/** What many tunnels have in a field now: "Medium", or "mixed: 30 Medium, 14 Low", the most frequent first. */
export function togetherWords(drafts: readonly TunnelDraft[], path: string): string {
  const counts = new Map<string, number>()
  for (const draft of drafts) {
    const words = shortWords(path, valueAt(draft, path))
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  const all = [...counts].sort(([, a], [, b]) => b - a)
  const [first] = all
  if (all.length <= 1) return first?.[0] ?? ''
  if (all.length > toldApart) return `mixed: ${all.length} different values`
  return `mixed: ${all.map(([words, count]) => `${count} ${words}`).join(', ')}`
}

/** Descriptions differ in every tunnel, and nobody reads forty of them in a line. */
const toldApart = 4
const longest = 30

function shortWords(path: string, value: FieldValue): string {
  const words = valueWords(path, value)
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words
}
