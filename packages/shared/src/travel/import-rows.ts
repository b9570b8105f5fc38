import { blankDraft, type TunnelDraft } from '../draft.ts'
import { draftProblems, type FieldProblem, type Neighbour } from '../form.ts'
import { createClashes, type Placed } from './clashes.ts'
import type { Target } from './mapping.ts'
import type { SheetRow } from './sheet.ts'
import { laidOver, wantedOf } from './wanted.ts'

/** A row of a file as the tunnel that it would create, with all that is wrong with it. */
export interface ImportRow {
  line: number
  draft: TunnelDraft
  problems: readonly FieldProblem[]
}

/**
 * The tunnels that a file would create, each judged by itself, beside the tunnels that there are and beside the others of the
 * file. `onRow` is told how many rows are done.
 */
export function importRows(
  rows: readonly SheetRow[],
  mapping: readonly Target[],
  neighbours: readonly Neighbour[],
  onRow: (done: number) => void = () => undefined,
): ImportRow[] {
  const read = rows.map((row) => {
    const { line, values, problems } = wantedOf(row, mapping)
    return { line, values, problems, draft: laidOver(blankDraft, values) }
  })
  const clashes = createClashes([
    ...neighbours.map((one) => ({ ...one, line: null })),
    ...read.map(({ line, draft }): Placed => ({ ...placed(line, draft), line })),
  ])
  return read.map(({ line, draft, problems }, index) => {
    const own = [...problems, ...draftProblems(draft), ...clashes(placed(line, draft))]
    onRow(index + 1)
    return { line, draft, problems: oncePerPath(own) }
  })
}

const placed = (line: number, { name, interface_address }: TunnelDraft) => ({
  id: `row ${line}`,
  name,
  interface_address,
})

/** One message a field: the first is what must be mended first. */
export function oncePerPath(problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.filter(({ path }, index) => problems.findIndex((other) => other.path === path) === index)
}
