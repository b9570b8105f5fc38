import { type KeyboardEvent, type ReactNode, useCallback, useId, useMemo, useRef, useState } from 'react'
import { cx } from '../lib/cx.ts'
import { useIsNarrow } from '../lib/use-media.ts'
import { announce } from './announcer.tsx'
import { PlainBody } from './data-table-body.tsx'
import { entriesOf, type Grouping } from './data-table-groups.tsx'
import { TableHead } from './data-table-head.tsx'
import { type Columns, type KitTable, type Selection, type SortingState, sortRows } from './data-table-kit.ts'
import { LimitedBody } from './data-table-limited.tsx'
import { type SelectRow, SelectShown, useSelectRow } from './data-table-select.tsx'
import { SortChoice } from './data-table-sort.tsx'
import { lazyPart } from './lazy-part.tsx'
import { useFitInWindow } from './use-fit-in-window.ts'
import { useIsWide } from './use-is-wide.ts'
import { focusableIn, useOneTabStop } from './use-one-tab-stop.ts'

// Most accounts have fewer rows than that, and do not pay for it. The cast keeps the row's type, which `lazyPart` loses.
// Where it cannot be loaded, the first rows are in the page.
const VirtualBodyPart = lazyPart(async () => (await import('./data-table-virtual.tsx')).VirtualBody<object>, {
  Missing: ({ props, retry }) => <LimitedBody body={props} retry={retry} />,
})
const VirtualBody = VirtualBodyPart as unknown as typeof PlainBody

const LongTableNote = lazyPart(async () => (await import('./data-table-virtual.tsx')).LongTableNote, {
  Waiting: () => <div className="mb-2 h-7 pointer-coarse:h-11" />,
  Missing: () => null,
})

/** As many rows as are in the page at once, where a table says nothing else. */
const usualRows = 300

/** Loads what a table of so many rows needs, for who knows how many there are before they can be shown. */
export function preloadTableOf(count: number): void {
  if (count > usualRows) void VirtualBodyPart.preload()
}

/** All that a long table shows, for who draws it once. */
export const preloadLongTable = () => Promise.all([VirtualBodyPart.preload(), LongTableNote.preload()])

export interface DataTableProps<Row> {
  /** The accessible name of the table. */
  caption: string
  columns: Columns<Row>
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Controlled sorting, when it lives in the URL. */
  sorting?: SortingState
  onSortingChange?: (sorting: SortingState) => void
  defaultSorting?: SortingState
  /** The rows come in their order already; the heads only say and ask for one. */
  isSortedOutside?: boolean
  selection?: Selection<Row>
  /** The whole of a row on a phone, in place of its columns. */
  compact?: (row: Row) => ReactNode
  /** Keys on a focused row besides arrows, `x` and Space: `{ e: openEditor }`. */
  rowKeys?: Record<string, (row: Row) => void>
  rowClass?: (row: Row) => string | undefined
  rowHeight?: 'row' | 'two-line'
  /** Headings between the rows, which come in the order of their groups. Let it be the same object while it means the same. */
  grouping?: Grouping<Row> | undefined
  /** Shown in place of rows. The heads stay. */
  empty?: ReactNode
  /** `all`: Tab reaches what is in each row. For rows with menus, whose arrows are the menus' own. */
  tabStops?: 'one' | 'all'
  /** Rows come and go with the scroll above this number. */
  virtualAbove?: number
  /** `page`: the table scrolls inside the window, under its sticky heads. `none`: it is as tall as its rows. */
  height?: 'page' | 'none'
}

/** The rows in their order. One that is what it was stays the same object, so that it is not drawn anew. */
function useRows<Row>(
  { columns, rows, rowId, isSortedOutside }: DataTableProps<Row>,
  sorting: SortingState,
  onSort: (sorting: SortingState) => void,
): KitTable<Row> {
  const known = useRef(new WeakMap<WeakKey, { id: string; original: Row }>()).current
  const inOrder = useMemo(
    () => (isSortedOutside ? rows : sortRows(rows, columns, sorting)),
    [isSortedOutside, rows, columns, sorting],
  )
  const kept = useMemo(
    () =>
      inOrder.map((original) => {
        const row = known.get(original as WeakKey) ?? { id: rowId(original), original }
        known.set(original as WeakKey, row)
        return row
      }),
    [inOrder, rowId, known],
  )
  return { columns, rows: kept, sorted: sorting[0], sortBy: (id, desc) => onSort([{ id, desc }]) }
}

/** The same function for as long as the table is there, which does what the last one would. */
function useLatest(select: SelectRow): SelectRow {
  const latest = useRef(select)
  latest.current = select
  return useCallback((id, isRange) => latest.current(id, isRange), [])
}

/** What fits in a window, more or less. */
const fewRows = 20

/**
 * Whether there are more rows than should be in the page at once. Of a table that was long a hundred are too many already: a filter lets
 * them through at one key and none at the next.
 */
function useIsLong(count: number, above: number): boolean {
  const wasLong = useRef(false)
  wasLong.current ||= count > above
  return wasLong.current && count > fewRows
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, selection, grouping, virtualAbove = usualRows, height = 'page' } = props
  const [ownSorting, setOwnSorting] = useState<SortingState>(props.defaultSorting ?? [])
  const [showsAll, setShowsAll] = useState(false)
  const sorting = props.sorting ?? ownSorting
  // State and not a ref: the rows in view must be measured once it is there.
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const captionId = useId()
  useOneTabStop(props.tabStops === 'all' ? null : scroller)
  useFitInWindow(scroller)
  useIsWide(scroller)
  const compact = useIsNarrow() ? props.compact : undefined
  const table = useRows(props, sorting, (next) => {
    setOwnSorting(next)
    props.onSortingChange?.(next)
    announce(sortedWords(next, columns))
  })
  const onSelect = useLatest(useSelectRow(selection, () => table.rows.map((row) => row.id)))
  const isLong = useIsLong(rows.length, virtualAbove)
  const isVirtual = isLong && !showsAll
  const rowHeight = props.rowHeight === 'two-line' ? 56 : 40
  const Body = isVirtual ? VirtualBody : PlainBody
  // Rows that come with the scroll must not move the columns, nor the browser look at all of them for the widest.
  const isFixed = isVirtual && !compact && columns.every(({ look }) => look.width !== undefined)
  return (
    <>
      {compact && <SortChoice table={table} />}
      {isLong && <LongTableNote count={rows.length} showsAll={showsAll} onChange={setShowsAll} />}
      <section
        ref={setScroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`${caption}, scrolls`}
        className={scrollerClass(isVirtual, height)}
      >
        <table
          aria-labelledby={captionId}
          aria-rowcount={isVirtual ? (grouping ? entriesOf(table.rows, grouping) : rows).length + 1 : undefined}
          className={cx('w-full border-separate border-spacing-0 text-13', isFixed && 'table-fixed')}
          onKeyDown={(event) => onRowKey(event, table.rows, props, onSelect)}
        >
          <caption id={captionId} className="sr-only">
            {caption}
          </caption>
          <TableHead
            table={table}
            isVirtual={isVirtual}
            isFixed={isFixed}
            isCompact={Boolean(compact)}
            selectAll={
              selection && (
                <SelectShown selection={selection} ids={rows.filter((row) => !selection.isClosed?.(row)).map(rowId)} />
              )
            }
          />
          <Body
            table={table}
            scroller={scroller}
            key={rowHeight}
            rowHeight={rowHeight}
            compact={compact}
            selection={selection}
            onSelect={onSelect}
            rowClass={props.rowClass}
            grouping={grouping}
          />
        </table>
        {rows.length === 0 && props.empty}
      </section>
    </>
  )
}

function scrollerClass(isVirtual: boolean, height: 'page' | 'none'): string {
  return cx(
    'focus-inset relative overflow-auto overscroll-x-contain border-y border-line bg-surface',
    // As tall as that always, so what scrolls in it has no say in the layout of what is outside.
    isVirtual && 'contain-strict h-[max(18rem,calc(100dvh-var(--table-top,14rem)-1.5rem))]',
    !isVirtual && height === 'page' && 'md:max-h-[max(18rem,calc(100dvh-var(--table-top,14rem)-1.5rem))]',
  )
}

function sortedWords<Row>([first]: SortingState, columns: Columns<Row>): string {
  const name = columns.find(({ id }) => id === first?.id)?.header ?? first?.id
  return `Sorted by ${name}, ${first?.desc ? 'descending' : 'ascending'}`
}

/** What does something of its own with letters or arrows. */
const ownKeys = 'input:not([type=checkbox]), [aria-haspopup]'

function onRowKey<Row>(
  event: KeyboardEvent<HTMLElement>,
  rows: readonly { id: string; original: Row }[],
  { selection, rowKeys }: DataTableProps<Row>,
  onSelect: SelectRow,
): void {
  const target = event.target as HTMLElement
  const tr = target.closest<HTMLElement>('tbody tr')
  const index = rows.findIndex((row) => row.id === tr?.dataset['row'])
  const row = rows[index]
  if (!tr || !row || event.metaKey || event.ctrlKey || event.altKey || target.matches(ownKeys)) return
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step !== undefined) {
    const sibling = nextRow(tr, step)
    const named = sibling?.querySelector<HTMLElement>('th a, th button')
    const next = named ?? sibling?.querySelector<HTMLElement>('a, button, input')
    if (next) event.preventDefault()
    next?.focus()
  } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
    const parts = focusableIn(tr)
    const next = parts[parts.indexOf(target) + (event.key === 'ArrowRight' ? 1 : -1)]
    if (next) event.preventDefault()
    next?.focus()
  } else if (selection && selects(event, target)) {
    event.preventDefault()
    onSelect(row.id, event.shiftKey)
  } else {
    rowKeys?.[event.key]?.(row.original)
  }
}

/** The row after or before, past headings. What stands for rows that are not in the page is no row, and the end. */
function nextRow(tr: Element, step: number): Element | null {
  const sibling = step === 1 ? tr.nextElementSibling : tr.previousElementSibling
  return sibling && !sibling.matches('[data-row], [aria-hidden]') ? nextRow(sibling, step) : sibling
}

/** Space presses what can be pressed; on the row's name it selects, as `x` does anywhere in the row. */
function selects({ key }: KeyboardEvent, target: HTMLElement): boolean {
  return key.toLowerCase() === 'x' || (key === ' ' && !target.matches('input, button, summary'))
}
