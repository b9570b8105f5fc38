import type { Column, RowData } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { cellClass, cellStyle, isSticky } from './data-table-body.tsx'
import type { Features, KitTable } from './data-table-kit.ts'

interface TableHeadProps<Row extends RowData> {
  table: KitTable<Row>
  isVirtual: boolean
  isCompact: boolean
  selectAll: ReactNode
}

export function TableHead<Row extends RowData>({ table, isVirtual, isCompact, selectAll }: TableHeadProps<Row>) {
  return (
    <thead className={isCompact ? 'sr-only' : undefined}>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} aria-rowindex={isVirtual ? 1 : undefined}>
          {selectAll && <th className={cx(headClass, 'z-20 w-11 min-w-11 px-0!')}>{selectAll}</th>}
          {isCompact && <th>Row</th>}
          {!isCompact &&
            group.headers.map((header) => {
              const look = header.column.columnDef.meta ?? {}
              const sorted = header.column.getIsSorted()
              const content = <table.FlexRender header={header} />
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : undefined}
                  className={cx(headClass, cellClass(look), isSticky(look) ? 'z-30' : 'z-20')}
                  style={cellStyle(look)}
                >
                  {header.column.getCanSort() ? (
                    <SortButton column={header.column} align={look.align}>
                      {content}
                    </SortButton>
                  ) : (
                    <span className={look.isHeadHidden ? 'sr-only' : undefined}>{content}</span>
                  )}
                </th>
              )
            })}
        </tr>
      ))}
    </thead>
  )
}

const headClass =
  'sticky top-0 h-row-head border-b border-line bg-surface px-cell text-left text-12 font-medium whitespace-nowrap text-fg-3'

interface SortButtonProps<Row extends RowData> {
  column: Column<Features, Row, unknown>
  align: 'left' | 'right' | undefined
  children: ReactNode
}

function SortButton<Row extends RowData>({ column, align, children }: SortButtonProps<Row>) {
  const sorted = column.getIsSorted()
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown
  return (
    <button
      type="button"
      onClick={column.getToggleSortingHandler()}
      className={cx(
        'group/sort focus-inset -mx-1.5 inline-flex min-h-7 items-center gap-1 rounded-s px-1.5 hover:text-fg pointer-coarse:min-h-11',
        sorted && 'text-fg',
        align === 'right' && 'flex-row-reverse',
      )}
    >
      {children}
      <Icon
        aria-hidden
        size={12}
        className={sorted ? undefined : 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100'}
      />
    </button>
  )
}
