import { type CSSProperties, memo, type ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { type Entry, entriesOf, type Grouping, GroupRow } from './data-table-groups.tsx'
import type { ColumnLook, Columns, KitRow, KitTable, Selection } from './data-table-kit.ts'
import { SelectBox, type SelectRow } from './data-table-select.tsx'

export interface BodyProps<Row> {
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
    look.width !== undefined && 'min-w-(--narrow) xl:min-w-(--wide)',
    look.width !== undefined && (look.isCut ? 'w-1/4 max-w-0' : 'w-(--narrow) xl:w-(--wide)'),
  )
}

/** Whether a cell can stay while others scroll under it. */
export const isSticky = (look: ColumnLook) =>
  (look.isRowHeader || look.isStickyRight || look.stickyLeft !== undefined) ?? false

export function cellStyle({ width, narrowWidth = width, stickyLeft = '0px' }: ColumnLook): CSSProperties {
  return { '--left': stickyLeft, '--wide': width, '--narrow': narrowWidth } as CSSProperties
}

/** The rows, and the headings of their groups, in the order of the page. */
export const bodyEntries = <Row,>({ table, grouping }: BodyProps<Row>): Entry<KitRow<Row>>[] =>
  entriesOf<Row, KitRow<Row>>(table.rows, grouping)

/** How many cells a row has. */
export const widthOf = <Row,>({ table, compact, selection }: BodyProps<Row>): number =>
  (compact ? 1 : table.columns.length) + (selection ? 1 : 0)

export function PlainBody<Row>(props: BodyProps<Row>) {
  return (
    <tbody>
      {bodyEntries(props).map((entry) => (
        <EntryRow key={entry.id} entry={entry} body={props} />
      ))}
    </tbody>
  )
}

interface EntryRowProps<Row> {
  entry: Entry<KitRow<Row>>
  body: BodyProps<Row>
  /** Its place among all entries, when not all are in the page. */
  index?: number
  measure?: (node: Element | null) => void
}

/** A row, or the heading of a group. */
export function EntryRow<Row>({ entry, body, ...place }: EntryRowProps<Row>) {
  if ('row' in entry) return <BodyRow {...rowProps(body, entry.row)} {...place} />
  return (
    <GroupRow columns={widthOf(body)} {...place}>
      {body.grouping?.head(entry.group)}
    </GroupRow>
  )
}

interface BodyRowProps<Row> {
  row: KitRow<Row>
  columns: Columns<Row>
  rowHeight: number
  compact: ((row: Row) => ReactNode) | undefined
  /** What selects it is called; `undefined` where nothing does. */
  selectLabel: string | undefined
  isSelected: boolean
  isClosed: boolean
  onSelect: SelectRow
  className: string | undefined
  /** Its place among all rows, when not all are in the page. */
  index?: number
  measure?: (node: Element | null) => void
}

/** Only what a row shows, so that it is drawn anew when that changes and not when another row does. */
function rowProps<Row>(props: BodyProps<Row>, row: KitRow<Row>): BodyRowProps<Row> {
  const { table, compact, selection, onSelect, rowHeight, rowClass } = props
  return {
    row,
    columns: table.columns,
    rowHeight,
    compact,
    selectLabel: selection?.label(row.original),
    isSelected: selection?.ids.has(row.id) ?? false,
    isClosed: selection?.isClosed?.(row.original) ?? false,
    onSelect,
    className: rowClass?.(row.original),
  }
}

// The cast keeps the row's type, which `memo` loses.
const BodyRow = memo(OneRow) as unknown as typeof OneRow

function OneRow<Row>({ row, columns, index, measure, selectLabel, isSelected, ...rest }: BodyRowProps<Row>) {
  const { isClosed, compact, onSelect, rowHeight, className } = rest
  return (
    <tr
      ref={measure}
      data-row={row.id}
      data-index={index}
      aria-rowindex={index === undefined ? undefined : index + 2}
      data-selected={isSelected || undefined}
      className={cx('group/row', className)}
      style={{ height: rowHeight }}
    >
      {selectLabel !== undefined && (
        <td className={cx(tdClass, 'w-11 min-w-11 px-0! py-0!')}>
          <SelectBox
            label={selectLabel}
            isSelected={isSelected}
            isClosed={isClosed}
            onSelect={(isRange) => onSelect(row.id, isRange)}
          />
        </td>
      )}
      {compact && <td className={cx(tdClass, 'py-2')}>{compact(row.original)}</td>}
      {!compact &&
        columns.map(({ id, look, draw }) => {
          const Cell = look.isRowHeader ? 'th' : 'td'
          return (
            <Cell
              key={id}
              scope={look.isRowHeader ? 'row' : undefined}
              className={cx(tdClass, cellClass(look), isSticky(look) && 'z-10')}
              style={cellStyle(look)}
            >
              {draw(row)}
            </Cell>
          )
        })}
    </tr>
  )
}

const tdClass =
  'border-b border-line bg-surface px-cell py-1 text-left align-middle font-normal group-last/row:border-b-0 ' +
  'group-hover/row:bg-canvas group-focus-within/row:bg-canvas group-data-selected/row:bg-establishing-bg'
