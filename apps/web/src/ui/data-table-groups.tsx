import type { ReactNode } from 'react'

/** Rows that belong together, under a heading of their own. They come in the order of their groups. */
export interface Grouping<Row> {
  /** The name of a row's group. */
  of: (row: Row) => string
  /** What the heading of a group shows. */
  head: (group: string) => ReactNode
}

/** What stands in the table one below the other: a heading, or a row. */
export type Entry<TableRow> = { id: string; row: TableRow } | { id: string; group: string }

export function entriesOf<Row, TableRow extends { id: string; original: Row }>(
  rows: readonly TableRow[],
  grouping: Grouping<Row> | undefined,
): Entry<TableRow>[] {
  if (!grouping) return rows.map((row) => ({ id: row.id, row }))
  let current: string | undefined
  return rows.flatMap((row) => {
    const group = grouping.of(row.original)
    const entry: Entry<TableRow> = { id: row.id, row }
    if (group === current) return [entry]
    current = group
    // Rows that are held in an old order may bring a group twice.
    return [{ id: `group of ${row.id}`, group }, entry]
  })
}

export const groupHeight = 36

interface GroupRowProps {
  columns: number
  /** Its place among all entries, when not all are in the page. */
  index?: number | undefined
  measure?: ((node: Element | null) => void) | undefined
  children: ReactNode
}

/** The heading of a group, over all columns. It stays in sight when the columns scroll sideways. */
export function GroupRow({ columns, index, measure, children }: GroupRowProps) {
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index === undefined ? undefined : index + 2}
      style={{ height: groupHeight }}
    >
      <th
        scope="colgroup"
        colSpan={columns}
        className="border-b border-line bg-sunken px-cell py-1 text-left font-normal"
      >
        <span className="sticky left-3 inline-flex max-w-[calc(100vw-4rem)] flex-wrap items-center gap-x-3">
          {children}
        </span>
      </th>
    </tr>
  )
}
