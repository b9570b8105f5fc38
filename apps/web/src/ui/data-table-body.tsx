import { type CSSProperties, memo, type ReactNode, useState } from 'react'
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

/** What the cells of a column have in common, in its head and in its rows. */
export function cellClass(look: ColumnLook): string {
  return cx(
    look.align === 'right' && 'nums text-right',
    look.isRowHeader && 'in-data-wide:md:sticky md:left-0 xl:left-[var(--left,0px)]',
    look.stickyLeft !== undefined && 'in-data-wide:xl:sticky xl:left-(--left)',
    look.isStickyRight && 'right-0 in-data-wide:sticky',
    look.isCut && 'max-w-0',
  )
}

/** Whether a cell can stay while others scroll under it. */
export const isSticky = (look: ColumnLook) =>
  (look.isRowHeader || look.isStickyRight || look.stickyLeft !== undefined) ?? false

export function cellStyle({ stickyLeft }: ColumnLook): CSSProperties | undefined {
  return stickyLeft === undefined ? undefined : ({ '--left': stickyLeft } as CSSProperties)
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
  if ('row' in entry) return <WholeRow {...rowProps(body, entry.row)} {...place} />
  return (
    <GroupRow columns={widthOf(body)} {...place}>
      {body.grouping?.head(entry.group)}
    </GroupRow>
  )
}

export interface BodyRowProps<Row> {
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

type TrProps<Row> = Pick<BodyRowProps<Row>, 'row' | 'rowHeight' | 'className' | 'isSelected' | 'index' | 'measure'> & {
  children: ReactNode
}

/** Only what a row shows, so that it is drawn anew when that changes and not when another row does. */
export function rowProps<Row>(props: BodyProps<Row>, row: KitRow<Row>): BodyRowProps<Row> {
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
const WholeRow = memo(OneWholeRow) as unknown as typeof OneWholeRow

function OneWholeRow<Row>(props: BodyRowProps<Row>) {
  const { row, columns, compact, selectLabel, isSelected, isClosed, onSelect } = props
  const changes = useChanges(row.original, columns)
  return (
    <Tr {...props}>
      {selectLabel !== undefined && (
        <td className={selectClass}>
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
        columns.map(({ id, look, draw }) => (
          <Cell key={id} look={look} changes={changes[id]}>
            {draw(row)}
          </Cell>
        ))}
    </Tr>
  )
}

export function Tr<Row>({ row, rowHeight, className, isSelected, index, measure, children }: TrProps<Row>) {
  return (
    <tr
      ref={measure}
      data-row={row.id}
      data-index={index}
      aria-rowindex={index === undefined ? undefined : index + 2}
      data-selected={isSelected || undefined}
      className={cx(
        'bg-surface focus-within:bg-canvas hover:bg-canvas data-selected:bg-establishing-bg last:*:border-b-0',
        className,
      )}
      style={{ height: rowHeight }}
    >
      {children}
    </tr>
  )
}

/** How often each cell that tells of it has changed since the row came into the page, by the ids of columns. */
function useChanges<Row>(row: Row, columns: Columns<Row>): Record<string, number> {
  const [seen, setSeen] = useState<{ row: Row; changes: Record<string, number> }>({ row, changes: {} })
  if (seen.row === row) return seen.changes
  const changes = { ...seen.changes }
  for (const { id, tint } of columns) {
    if (tint && tint(row) !== tint(seen.row)) changes[id] = (changes[id] ?? 0) + 1
  }
  setSeen({ row, changes })
  return changes
}

interface CellProps {
  look: ColumnLook
  /** How often it has changed before the eyes of the person. */
  changes?: number | undefined
  children: ReactNode
}

export function Cell({ look, changes = 0, children }: CellProps) {
  const Tag = look.isRowHeader ? 'th' : 'td'
  return (
    <Tag
      scope={look.isRowHeader ? 'row' : undefined}
      className={cx(
        tdClass,
        cellClass(look),
        isSticky(look) && 'z-10 in-data-wide:bg-inherit',
        changes > 0 && 'relative isolate',
      )}
      style={cellStyle(look)}
    >
      {changes > 0 && <span key={changes} aria-hidden className="tinted absolute inset-0.5 -z-1" />}
      {children}
    </Tag>
  )
}

export const tdClass = 'border-b border-line px-cell py-1 text-left align-middle font-normal'
export const selectClass = cx(tdClass, 'w-11 min-w-11 px-0! py-0!')
