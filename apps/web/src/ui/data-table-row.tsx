import type { CSSProperties, ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import type { ColumnLook, Columns, KitRow } from './data-table-kit.ts'
import { SelectBox, type SelectRow } from './data-table-select.tsx'

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

/** The box that selects the row, where there is one. */
export function SelectCell<Row>({ row, selectLabel, isSelected, isClosed, onSelect }: BodyRowProps<Row>) {
  if (selectLabel === undefined) return null
  return (
    <td className={selectClass}>
      <SelectBox
        label={selectLabel}
        isSelected={isSelected}
        isClosed={isClosed}
        onSelect={(isRange) => onSelect(row.id, isRange)}
      />
    </td>
  )
}
