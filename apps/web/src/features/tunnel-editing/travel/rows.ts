import type { FieldChange } from '@tunnel-console/shared/diff'
import { diffDrafts } from '@tunnel-console/shared/diff'
import { blankDraft } from '@tunnel-console/shared/draft'
import type { Effect } from '@tunnel-console/shared/field'
import type { FieldProblem } from '@tunnel-console/shared/form'
import type { AskedChange, PlannedChange } from '@tunnel-console/shared/jobs'
import { inputOf, patchOf } from '@tunnel-console/shared/patch'
import type { ImportRow } from '@tunnel-console/shared/travel/import-rows'
import type { PlanKind, PlanRow } from '@tunnel-console/shared/travel/plan'

/** What a file would do to one tunnel. `asked`: the change; `null` while something is wrong with the row. */
export interface TravelRow {
  key: string
  kind: PlanKind
  line: number | null
  id: string | null
  name: string
  changes: readonly FieldChange[]
  effects: readonly Effect[]
  problems: readonly FieldProblem[]
  asked: AskedChange | null
}

export function rowOfImport({ line, draft, problems }: ImportRow): TravelRow {
  return {
    key: `row ${line}`,
    kind: 'create',
    line,
    id: null,
    name: draft.name,
    changes: diffDrafts(blankDraft, draft),
    effects: [],
    problems,
    asked: problems.length > 0 ? null : { change: 'create', tunnel: inputOf(draft) },
  }
}

const deletion: Effect = { text: 'The tunnel is deleted, and what goes through it has no way any more', risk: 'high' }

export function rowOfPlan(row: PlanRow): TravelRow {
  const { key, kind, line, id, name, changes, problems } = row
  const effects = changes.flatMap(({ text, risk }) => (text && risk && kind === 'update' ? [{ text, risk }] : []))
  return {
    key,
    kind,
    line,
    id,
    name,
    changes,
    effects: kind === 'delete' ? [deletion] : effects,
    problems,
    asked: problems.length > 0 ? null : askedOf(row),
  }
}

function askedOf({ kind, id, before, after }: PlanRow): AskedChange | null {
  if (kind === 'create') return after && { change: 'create', tunnel: inputOf(after) }
  if (id === null || !before) return null
  if (kind === 'delete') return { change: 'delete', id }
  return after && { change: 'update', id, patch: patchOf(before, after) }
}

/** The change with the version that the dry run was about; `null` where it needs one and has none. */
export function plannedOf(asked: AskedChange, version: string | undefined): PlannedChange | null {
  if (asked.change === 'create') return asked
  return version === undefined ? null : { ...asked, version }
}
