import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import type { Column, ColumnLook, KitTable } from './data-table-kit.ts'
import { cellClass, cellStyle, isSticky } from './data-table-row.tsx'

interface TableHeadProps<Row> {
  table: KitTable<Row>
  isVirtual: boolean
  /** Columns are as wide as they say, whatever is in them. */
  isFixed: boolean
  isCompact: boolean
  selectAll: ReactNode
}

export function TableHead<Row>({ table, isVirtual, isFixed, isCompact, selectAll }: TableHeadProps<Row>) {
  return (
    <thead className={isCompact ? 'sr-only' : 'sticky top-0 z-20'}>
      <tr aria-rowindex={isVirtual ? 1 : undefined}>
        {selectAll && <th className={cx(headClass, 'w-11 min-w-11 px-0!')}>{selectAll}</th>}
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
                className={cx(headClass, cellClass(look), widthClass(look, isFixed), isSticky(look) && 'z-10')}
                style={{ ...cellStyle(look), ...widthStyle(look) }}
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

/** The head gives its column its width. */
function widthClass({ width, isCut }: ColumnLook, isFixed: boolean): string | undefined {
  if (width === undefined) return undefined
  if (isFixed || !isCut) return 'w-(--narrow) min-w-(--narrow) xl:w-(--wide) xl:min-w-(--wide)'
  return 'w-1/4 min-w-(--narrow) xl:min-w-(--wide)'
}

const widthStyle = ({ width, narrowWidth = width }: ColumnLook): CSSProperties | undefined =>
  width === undefined ? undefined : ({ '--wide': width, '--narrow': narrowWidth } as CSSProperties)

const headClass =
  'h-row-head border-b border-line bg-surface px-cell text-left text-12 font-medium whitespace-nowrap text-fg-3'

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
