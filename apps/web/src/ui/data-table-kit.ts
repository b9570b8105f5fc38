import {
  type ColumnDef,
  createColumnHelper,
  createSortedRowModel,
  type ReactTable,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
} from '@tanstack/react-table'

/** What a column of ours can say besides TanStack's own keys. */
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
  /** The head has a name for screen readers only. */
  isHeadHidden?: boolean
}

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic, text: sortFn_text },
  columnMeta: {} as ColumnLook,
})

export type Features = typeof features
// biome-ignore lint/suspicious/noExplicitAny: columns of one table hold different values; TanStack types the list so
export type Columns<Row extends RowData> = ColumnDef<Features, Row, any>[]
export type KitTable<Row extends RowData> = ReactTable<Features, Row>

/** The column helper bound to our features: `const column = columnsOf<Tunnel>()`. */
export const columnsOf = <Row extends RowData>() => createColumnHelper<Features, Row>()

export interface Selection<Row> {
  ids: ReadonlySet<string>
  onChange: (ids: ReadonlySet<string>) => void
  /** "Select branch-07". */
  label: (row: Row) => string
}
