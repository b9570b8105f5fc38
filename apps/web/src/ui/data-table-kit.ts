import { compareTexts } from '@tunnel-console/shared/name-order'
import type { ReactNode } from 'react'

/** What a column can say of its looks. */
export interface ColumnLook {
  /** Numbers stand at the right. */
  align?: 'left' | 'right'
  /** The cell that names the row: `<th scope="row">`, sticky at the left. */
  isRowHeader?: boolean
  /**
   * Where it stays at the left on a wide window: the width of what stands before it. With less room only the row header
   * stays, at the very left, or what stays would leave no room for what scrolls.
   */
  stickyLeft?: string
  /** Stays at the right, such as the row's menu. */
  isStickyRight?: boolean
  /** CSS width. */
  width?: string
  /** CSS width where there is little room. */
  narrowWidth?: string
  /** What is too long is cut by the cell. The column is as wide as `width`, and up to a quarter of the table where there is room. */
  isCut?: boolean
  /** The head has a name for screen readers only. */
  isHeadHidden?: boolean
}

export interface KitRow<Row> {
  id: string
  original: Row
}

export interface Column<Row> {
  id: string
  header: string
  /** Draws the cell. It is called, not mounted: hooks belong into a component that it gives. */
  draw: (row: KitRow<Row>) => ReactNode
  /** Draws as little of it as tells rows apart: while rows fly past. Without it the cell is empty then. */
  brief: ((row: Row) => ReactNode) | undefined
  /** What of a row that stays in the page tints the cell for a moment when it changes. */
  tint: ((row: Row) => string) | undefined
  /** What the rows are sorted by. A column without it does not sort. */
  sortsBy: ((row: Row) => unknown) | undefined
  look: ColumnLook
}

export type Columns<Row> = readonly Column<Row>[]

/** By which columns the rows are sorted. Only the first counts. */
export type SortingState = readonly { id: string; desc: boolean }[]

interface Rest<Row, Value> {
  header: string
  meta?: ColumnLook
  cell?: (cell: { row: KitRow<Row>; getValue: () => Value }) => ReactNode
  brief?: (row: Row) => ReactNode
  tint?: (row: Row) => string
}

/**
 * Columns of rows of one kind: `const column = columnsOf<Tunnel>()`. `accessor` makes one that sorts by a key of the row or
 * by what a function makes of it, and shows that value if it has no `cell`; `display` one that does not sort.
 */
export function columnsOf<Row>() {
  function accessor<Key extends keyof Row & string>(key: Key, rest: Rest<Row, Row[Key]>): Column<Row>
  function accessor<Value>(of: (row: Row) => Value, rest: Rest<Row, Value> & { id: string }): Column<Row>
  function accessor(
    of: (keyof Row & string) | ((row: Row) => unknown),
    rest: Rest<Row, never> & { id?: string },
  ): Column<Row> {
    const sortsBy = typeof of === 'function' ? of : (row: Row): unknown => row[of]
    const { id = String(of), header, meta = {}, cell, brief, tint } = rest
    const draw = (row: KitRow<Row>): ReactNode =>
      cell ? cell({ row, getValue: () => sortsBy(row.original) as never }) : (sortsBy(row.original) as ReactNode)
    return { id, header, draw, brief, tint, sortsBy, look: meta }
  }
  const display = ({ id, header, meta = {}, cell, brief, tint }: Rest<Row, never> & { id: string }): Column<Row> => {
    const draw = (row: KitRow<Row>): ReactNode => cell?.({ row, getValue: noValue })
    return { id, header, draw, brief, tint, sortsBy: undefined, look: meta }
  }
  return { accessor, display, columns: <const List extends Columns<Row>>(list: List) => list }
}

const noValue = (): never => {
  throw new Error('A display column has no value')
}

/** What the parts of a table share. */
export interface KitTable<Row> {
  columns: Columns<Row>
  rows: readonly KitRow<Row>[]
  sorted: SortingState[number] | undefined
  sortBy: (id: string, desc: boolean) => void
}

/** In the order of the first column of `sorting`; what is equal keeps its place, and what is missing comes last. */
export function sortRows<Row>(rows: readonly Row[], columns: Columns<Row>, [first]: SortingState): readonly Row[] {
  const sortsBy = columns.find(({ id }) => id === first?.id)?.sortsBy
  if (!first || !sortsBy) return rows
  const sign = first.desc ? -1 : 1
  return rows
    .map((row) => ({ row, value: sortsBy(row) }))
    .sort((a, b) => {
      const missing = Number(a.value == null) - Number(b.value == null)
      return missing || sign * compare(a.value, b.value)
    })
    .map(({ row }) => row)
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareTexts(String(a), String(b))
}

export interface Selection<Row> {
  ids: ReadonlySet<string>
  onChange: (ids: ReadonlySet<string>) => void
  /** "Select branch-07". */
  label: (row: Row) => string
  /** Whether a row cannot be selected as it stands: not by its box, and not by that of all. */
  isClosed?: ((row: Row) => boolean) | undefined
}
