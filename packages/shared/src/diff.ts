import type { TunnelDraft } from './draft.ts'
import type { Effect, Field, FieldValue } from './field.ts'
import { isInUse, sameValue, valueAt, withValue } from './field-values.ts'
import { fieldAt, fieldList } from './fields.ts'

export interface FieldChange {
  path: string
  label: string
  before: FieldValue
  after: FieldValue
}

/** The fields that differ between two drafts, in form order. BGP's own fields do not count while BGP is off on both sides. */
export function diffDrafts(before: TunnelDraft, after: TunnelDraft): FieldChange[] {
  return fieldList
    .filter(({ path }) => isInUse(before, path) || isInUse(after, path))
    .map(({ path, label }) => ({ path, label, before: valueAt(before, path), after: valueAt(after, path) }))
    .filter((change) => !sameValue(change.before, change.after))
}

/** The same diff with masked values told as "set" or "not set": what may be stored and shown to anyone who may see a diff. */
export function maskChanges(changes: readonly FieldChange[]): FieldChange[] {
  return changes.map((change) =>
    fieldAt(change.path)?.control === 'secret'
      ? { ...change, before: maskValue(change.before), after: maskValue(change.after) }
      : change,
  )
}

/** A draft as it may be stored: a secret in it is only "(set)". */
export function maskDraft(draft: TunnelDraft): TunnelDraft {
  return fieldList
    .filter(({ control }) => control === 'secret')
    .reduce((masked, { path }) => withValue(masked, path, maskValue(valueAt(masked, path))), draft)
}

function maskValue(value: FieldValue): string {
  return value === '' || value === null ? '' : '(set)'
}

/** What goes from one draft to the other, with what each change does to the network. */
export function effectsOf(before: TunnelDraft, after: TunnelDraft): Array<FieldChange & Effect> {
  return diffDrafts(before, after).flatMap((change) => {
    const field = fieldAt(change.path)
    return field ? [{ ...change, ...field.effect(before, after) }] : []
  })
}

export type MergeState = 'mine' | 'theirs' | 'both'

export interface MergeRow {
  field: Field
  base: FieldValue
  theirs: FieldValue
  mine: FieldValue
  /** Who changed it. `both` means that they changed it to different values and a person must choose. */
  state: MergeState
}

/**
 * A three-way comparison: `base` is what the form was opened on, `theirs` what is there now, `mine` what was typed.
 * Fields that nobody changed, or both changed to the same value, are left out.
 *
 * Where one side has BGP and the other has not, BGP is one row that stands for all of it: its fields mean nothing without
 * the switch, and a choice about one of them alone would be lost.
 */
export function compareThree(base: TunnelDraft, theirs: TunnelDraft, mine: TunnelDraft): MergeRow[] {
  const isBgpOneRow = theirs.bgp.enabled !== mine.bgp.enabled
  return fieldList
    .filter(({ path }) => !isBgpDetail(path) || (!isBgpOneRow && mine.bgp.enabled))
    .flatMap((field) => {
      const [was, their, my] = [base, theirs, mine].map((draft) => valueAt(draft, field.path)) as [
        FieldValue,
        FieldValue,
        FieldValue,
      ]
      if (sameValue(their, my)) return []
      const isWhole = field.path === 'bgp.enabled'
      const areTheirsOld = isWhole ? isSameBgp(base, theirs) : sameValue(was, their)
      const areMineOld = isWhole ? isSameBgp(base, mine) : sameValue(was, my)
      const state: MergeState = areTheirsOld ? 'mine' : areMineOld ? 'theirs' : 'both'
      return [{ field, base: was, theirs: their, mine: my, state }]
    })
}

function isBgpDetail(path: string): boolean {
  return path.startsWith('bgp.') && path !== 'bgp.enabled'
}

function isSameBgp(a: TunnelDraft, b: TunnelDraft): boolean {
  return diffDrafts(a, b).every(({ path }) => !path.startsWith('bgp.'))
}

/** Their draft with my changes laid over it. For fields that both changed, `choices[path]` decides; absent means mine. */
export function mergeDrafts(
  base: TunnelDraft,
  theirs: TunnelDraft,
  mine: TunnelDraft,
  choices: Readonly<Record<string, 'mine' | 'theirs'>> = {},
): TunnelDraft {
  return compareThree(base, theirs, mine)
    .filter(({ state, field }) => state === 'mine' || (state === 'both' && choices[field.path] !== 'theirs'))
    .reduce((draft, { field, mine: value }) => withMine(draft, field.path, value, mine), theirs)
}

function withMine(draft: TunnelDraft, path: string, value: FieldValue, mine: TunnelDraft): TunnelDraft {
  return path === 'bgp.enabled' ? { ...draft, bgp: mine.bgp } : withValue(draft, path, value)
}
