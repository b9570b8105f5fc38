import { diffDrafts, effectsOf, type FieldChange, maskDraft } from '../diff.ts'
import { blankDraft, draftOf, type TunnelDraft } from '../draft.ts'
import type { Effect } from '../field.ts'
import { draftProblems, type FieldProblem } from '../form.ts'
import type { Tunnel } from '../tunnel.ts'
import { createClashes, type Placed } from './clashes.ts'
import { oncePerPath } from './import-rows.ts'
import { laidOver, type Wanted } from './wanted.ts'

export type PlanKind = 'create' | 'update' | 'delete'

/** What is to become of one tunnel, so that the account is as a file says. It never holds a key. */
export interface PlanRow {
  /** The tunnel's id, or `row 7` for a new one. */
  key: string
  kind: PlanKind
  /** Where it stands in the file; `null` for a tunnel that is not in it. */
  line: number | null
  /** `null` for a new one. */
  id: string | null
  name: string
  /** As it is, and as it should be. An MD5 key is only "(set)": no file changes one. */
  before: TunnelDraft | null
  after: TunnelDraft | null
  changes: readonly (FieldChange & Partial<Effect>)[]
  problems: readonly FieldProblem[]
}

export interface Plan {
  /** New tunnels first, then changes, then deletions. */
  rows: readonly PlanRow[]
  /** How many tunnels are as the file says. */
  same: number
}

/**
 * What it takes to have the account as a file says. A row belongs to the tunnel with its id, else to the one with its name
 * that no other row names; what the file does not speak of stays as it is. Tunnels that no row names would be deleted.
 */
export function planOf(wanted: readonly Wanted[], tunnels: readonly Tunnel[]): Plan {
  const matched = matchedOf(wanted, tunnels)
  const places = tunnels.map((tunnel): Placed => ({ ...tunnel, line: null }))
  const created = wanted.filter((one) => !matched.has(one))
  const drafts = new Map(created.map((one) => [one, laidOver(blankDraft, one.values)] as const))
  const clashes = createClashes([
    ...places,
    ...[...drafts].map(([{ line }, draft]): Placed => ({ ...placedAt(line, draft), line })),
  ])
  const named = new Set(matched.values())
  const twice = twiceOf(wanted, matched)
  const updates = [...matched].map(([one, tunnel]) => updateRow(one, tunnel, clashes, twice))
  return {
    rows: [
      ...[...drafts].map(([one, draft]) => createRow(one, draft, clashes)),
      ...updates.filter(({ changes, problems }) => changes.length > 0 || problems.length > 0),
      ...tunnels.filter((tunnel) => !named.has(tunnel)).map(deleteRow),
    ],
    same: updates.filter(({ changes, problems }) => changes.length + problems.length === 0).length,
  }
}

type Clashes = ReturnType<typeof createClashes>

/** Ids come before names, whatever their order: a name may be on its way to another tunnel. */
function matchedOf(wanted: readonly Wanted[], tunnels: readonly Tunnel[]): Map<Wanted, Tunnel> {
  const byId = new Map(tunnels.map((tunnel) => [tunnel.id, tunnel]))
  const found = wanted.flatMap((one): [Wanted, Tunnel][] => {
    const tunnel = one.id === null ? undefined : byId.get(one.id)
    return tunnel ? [[one, tunnel]] : []
  })
  const matched = new Map(found)
  const taken = new Set(matched.values())
  const byName = new Map(tunnels.filter((tunnel) => !taken.has(tunnel)).map((tunnel) => [tunnel.name, tunnel]))
  for (const one of wanted) {
    const name = one.values.get('name')
    const tunnel =
      matched.has(one) || typeof name !== 'string' ? undefined : (byName.get(name) ?? byName.get(name.trim()))
    if (tunnel) matched.set(one, tunnel)
  }
  return matched
}

/** Rows that speak of a tunnel of which an earlier row speaks. */
function twiceOf(wanted: readonly Wanted[], matched: ReadonlyMap<Wanted, Tunnel>): ReadonlyMap<Wanted, number> {
  const first = new Map<Tunnel, number>()
  const twice = new Map<Wanted, number>()
  for (const one of wanted) {
    const tunnel = matched.get(one)
    if (!tunnel) continue
    const line = first.get(tunnel)
    if (line === undefined) first.set(tunnel, one.line)
    else twice.set(one, line)
  }
  return twice
}

const placedAt = (line: number, { name, interface_address }: TunnelDraft) => ({
  id: `row ${line}`,
  name,
  interface_address,
})

function createRow({ line, problems }: Wanted, after: TunnelDraft, clashes: Clashes): PlanRow {
  const own = [...problems, ...draftProblems(after), ...clashes(placedAt(line, after))]
  return {
    key: `row ${line}`,
    kind: 'create',
    line,
    id: null,
    name: after.name,
    before: null,
    after,
    changes: diffDrafts(blankDraft, after),
    problems: oncePerPath(own),
  }
}

function updateRow(wanted: Wanted, tunnel: Tunnel, clashes: Clashes, twice: ReadonlyMap<Wanted, number>): PlanRow {
  const { line, values } = wanted
  const before = maskDraft(draftOf(tunnel))
  const after = laidOver(before, values)
  const changes = effectsOf(before, after)
  const moved = new Set(changes.map(({ path }) => path))
  const taken = clashes({ id: tunnel.id, name: after.name, interface_address: after.interface_address })
  const first = twice.get(wanted)
  const again = first === undefined ? [] : [{ path: '', message: `Row ${first} speaks of this tunnel already` }]
  const own = [...again, ...wanted.problems, ...draftProblems(after, { base: before })]
  return {
    key: first === undefined ? tunnel.id : `row ${line}`,
    kind: 'update',
    line,
    id: tunnel.id,
    name: tunnel.name,
    before,
    after,
    changes,
    problems: oncePerPath([...own, ...taken.filter(({ path }) => moved.has(path))]),
  }
}

function deleteRow(tunnel: Tunnel): PlanRow {
  const before = maskDraft(draftOf(tunnel))
  return {
    key: tunnel.id,
    kind: 'delete',
    line: null,
    id: tunnel.id,
    name: tunnel.name,
    before,
    after: null,
    changes: [],
    problems: [],
  }
}
