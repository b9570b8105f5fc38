import type { RowData, Row as TableRow } from '@tanstack/react-table'
import type { CSSProperties, ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { type Entry, entriesOf, type Grouping, GroupRow } from './data-table-groups.tsx'
import type { ColumnLook, Features, KitTable, Selection } from './data-table-kit.ts'
import { SelectBox, type SelectRow } from './data-table-select.tsx'

export interface BodyProps<Row extends RowData> {
  table: KitTable<Row>
  scroller: HTMLElement | null
  rowHeight: number
  compact: ((row: Row) => ReactNode) | undefined
  selection: Selection<Row> | undefined
  onSelect: SelectRow
  rowClass: ((row: Row) => string | undefined) | undefined
  grouping: Grouping<Row> | undefined
}

export function cellClass(look: ColumnLook): string {
  return cx(
    look.align === 'right' && 'nums text-right',
    look.isRowHeader && 'md:sticky md:left-0 xl:left-(--left)',
    look.stickyLeft !== undefined && 'xl:sticky xl:left-(--left)',
    look.isStickyRight && 'sticky right-0',
    look.width !== undefined && 'w-(--narrow) min-w-(--narrow) xl:w-(--wide) xl:min-w-(--wide)',
  )
}

/** Whether a cell can stay while others scroll under it. */
export const isSticky = (look: ColumnLook) =>
  (look.isRowHeader || look.isStickyRight || look.stickyLeft !== undefined) ?? false

export function cellStyle({ width, narrowWidth = width, stickyLeft = '0px' }: ColumnLook): CSSProperties {
  return { '--left': stickyLeft, '--wide': width, '--narrow': narrowWidth } as CSSProperties
}

/** The rows, and the headings of their groups, in the order of the page. */
export const bodyEntries = <Row extends RowData>({ table, grouping }: BodyProps<Row>) =>
  entriesOf<Row, TableRow<Features, Row>>(table.getRowModel().rows, grouping)

/** How many cells a row has. */
export const widthOf = <Row extends RowData>({ table, compact, selection }: BodyProps<Row>) =>
  (compact ? 1 : table.getAllColumns().length) + (selection ? 1 : 0)

export function PlainBody<Row extends RowData>(props: BodyProps<Row>) {
  return (
    <tbody>
      {bodyEntries(props).map((entry) => (
        <EntryRow key={entry.id} entry={entry} {...props} />
      ))}
    </tbody>
  )
}

interface EntryRowProps<Row extends RowData> extends BodyProps<Row> {
  entry: Entry<TableRow<Features, Row>>
  /** Its place among all entries, when not all are in the page. */
  index?: number
  measure?: (node: Element | null) => void
}

export function EntryRow<Row extends RowData>({ entry, ...props }: EntryRowProps<Row>) {
  if ('row' in entry) return <BodyRow row={entry.row} {...props} />
  return (
    <GroupRow columns={widthOf(props)} index={props.index} measure={props.measure}>
      {props.grouping?.head(entry.group)}
    </GroupRow>
  )
}

interface BodyRowProps<Row extends RowData> extends BodyProps<Row> {
  row: TableRow<Features, Row>
  /** Its place among all rows, when not all are in the page. */
  index?: number
  measure?: (node: Element | null) => void
}

function BodyRow<Row extends RowData>({ row, index, measure, ...props }: BodyRowProps<Row>) {
  const { table, compact, selection, onSelect, rowHeight, rowClass } = props
  const isSelected = selection?.ids.has(row.id) ?? false
  return (
    <tr
      ref={measure}
      data-row={row.id}
      data-index={index}
      aria-rowindex={index === undefined ? undefined : index + 2}
      data-selected={isSelected || undefined}
      className={cx('group/row', rowClass?.(row.original))}
      style={{ height: rowHeight }}
    >
      {selection && (
        <td className={cx(tdClass, 'w-11 min-w-11 px-0! py-0!')}>
          <SelectBox
            label={selection.label(row.original)}
            isSelected={isSelected}
            onSelect={(isRange) => onSelect(row.id, isRange)}
          />
        </td>
      )}
      {compact && <td className={cx(tdClass, 'py-2')}>{compact(row.original)}</td>}
      {!compact &&
        row.getAllCells().map((cell) => {
          const look = cell.column.columnDef.meta ?? {}
          const Cell = look.isRowHeader ? 'th' : 'td'
          return (
            <Cell
              key={cell.id}
              scope={look.isRowHeader ? 'row' : undefined}
              className={cx(tdClass, cellClass(look), isSticky(look) && 'z-10')}
              style={cellStyle(look)}
            >
              <table.FlexRender cell={cell} />
            </Cell>
          )
        })}
    </tr>
  )
}

const tdClass =
  'border-b border-line bg-surface px-cell py-1 text-left align-middle font-normal group-last/row:border-b-0 ' +
  'group-hover/row:bg-canvas group-focus-within/row:bg-canvas group-data-selected/row:bg-establishing-bg'
