import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import { cellClass, cellStyle, isSticky } from './data-table-body.tsx'
import type { Column, KitTable } from './data-table-kit.ts'

interface TableHeadProps<Row> {
  table: KitTable<Row>
  isVirtual: boolean
  isCompact: boolean
  selectAll: ReactNode
}

export function TableHead<Row>({ table, isVirtual, isCompact, selectAll }: TableHeadProps<Row>) {
  return (
    <thead className={isCompact ? 'sr-only' : undefined}>
      <tr aria-rowindex={isVirtual ? 1 : undefined}>
        {selectAll && <th className={cx(headClass, 'z-20 w-11 min-w-11 px-0!')}>{selectAll}</th>}
        {isCompact && <th>Row</th>}
        {!isCompact &&
          table.columns.map((column) => {
            const { id, header, look, sortsBy } = column
            const sorted = table.sorted?.id === id ? table.sorted : undefined
            return (
              <th
                key={id}
                scope="col"
                aria-sort={sorted && (sorted.desc ? 'descending' : 'ascending')}
                className={cx(headClass, cellClass(look), isSticky(look) ? 'z-30' : 'z-20')}
                style={cellStyle(look)}
              >
                {sortsBy ? (
                  <SortButton column={column} table={table} />
                ) : (
                  <span className={look.isHeadHidden ? 'sr-only' : undefined}>{header}</span>
                )}
              </th>
            )
          })}
      </tr>
    </thead>
  )
}

const headClass =
  'sticky top-0 h-row-head border-b border-line bg-surface px-cell text-left text-12 font-medium whitespace-nowrap text-fg-3'

interface SortButtonProps<Row> {
  column: Column<Row>
  table: KitTable<Row>
}

function SortButton<Row>({ column: { id, header, look }, table }: SortButtonProps<Row>) {
  const sorted = table.sorted?.id === id ? table.sorted : undefined
  const Icon = sorted ? (sorted.desc ? ArrowDown : ArrowUp) : ChevronsUpDown
  return (
    <button
      type="button"
      onClick={() => table.sortBy(id, sorted ? !sorted.desc : false)}
      className={cx(
        'group/sort focus-inset -mx-1.5 inline-flex min-h-7 items-center gap-1 rounded-s px-1.5 hover:text-fg pointer-coarse:min-h-11',
        sorted && 'text-fg',
        look.align === 'right' && 'flex-row-reverse',
      )}
    >
      {header}
      <Icon
        aria-hidden
        size={12}
        className={sorted ? undefined : 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100'}
      />
    </button>
  )
}
