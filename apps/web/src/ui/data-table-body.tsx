import { memo, type ReactNode, useState } from 'react'
import { cx } from '../lib/cx.ts'
import { type Entry, entriesOf, type Grouping, GroupRow } from './data-table-groups.tsx'
import type { Columns, KitRow, KitTable, Selection } from './data-table-kit.ts'
import { type BodyRowProps, Cell, SelectCell, Tr, tdClass } from './data-table-row.tsx'
import type { SelectRow } from './data-table-select.tsx'
import { Guard } from './guard.tsx'
import { lazyPart } from './lazy-part.tsx'

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
const WholeRow = memo(GuardedRow) as unknown as typeof GuardedRow

// For a row in which an error came up (H11). Nearly nobody ever needs it.
const RowByCell = lazyPart(async () => (await import('./data-table-by-cell.tsx')).RowByCell<unknown>, {
  Missing: ({ props }) => (
    <Tr {...props}>
      <td>{props.row.id}</td>
    </Tr>
  ),
}) as unknown as typeof OneWholeRow

function GuardedRow<Row>(props: BodyRowProps<Row>) {
  return <Guard>{(retry) => (retry ? <RowByCell {...props} /> : <OneWholeRow {...props} />)}</Guard>
}

function OneWholeRow<Row>(props: BodyRowProps<Row>) {
  const { row, columns, compact } = props
  const changes = useChanges(row.original, columns)
  return (
    <Tr {...props}>
      <SelectCell {...props} />
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
