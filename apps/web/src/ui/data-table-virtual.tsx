import { defaultRangeExtractor, measureElement, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useCallback, useMemo, useRef } from 'react'
import { formatNumber } from '../lib/format.ts'
import { Button } from './button.tsx'
import { type BodyProps, EntryRow, rowProps } from './data-table-body.tsx'
import { entriesOf, groupHeight } from './data-table-groups.tsx'
import { type BodyRowProps, Cell, selectClass, Tr, tdClass } from './data-table-row.tsx'
import { Guard } from './guard.tsx'
import { useBriefRows } from './use-brief-rows.ts'

/** Only the rows in view, and the focused one, which must not vanish under its reader. */
export function VirtualBody<Row>(props: BodyProps<Row>) {
  const { grouping, rowHeight } = props
  const { rows } = props.table
  const entries = useMemo(() => entriesOf(rows, grouping), [rows, grouping])
  // The same function for the same entries: at another one all are measured anew, ten thousand at every frame of a scroll.
  const getItemKey = useCallback((index: number) => entries[index]?.id ?? index, [entries])
  const body = useRef<HTMLTableSectionElement>(null)
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => props.scroller,
    estimateSize: (index) => (isHead(entries[index]) ? groupHeight : rowHeight),
    getItemKey,
    measureElement: measuredLater,
    // What a window shows, so that the first rows are there before the place that they scroll in is measured, which is done at once.
    initialRect: { width: 0, height: window.innerHeight },
    overscan: 4,
    rangeExtractor: (range) => {
      const focused = body.current?.contains(document.activeElement)
        ? document.activeElement?.closest('tr')?.dataset['row']
        : undefined
      const pinned = focused === undefined ? -1 : entries.findIndex(({ id }) => id === focused)
      const visible = defaultRangeExtractor(range)
      return pinned < 0 || visible.includes(pinned) ? visible : [...visible, pinned].sort((a, b) => a - b)
    },
  })
  const items = virtualizer.getVirtualItems()
  const canBeBrief = !props.compact && props.table.columns.some(({ brief }) => brief)
  const brief = useBriefRows(canBeBrief ? items.map(({ key }) => String(key)) : none, virtualizer.isScrolling)
  const gaps = items.map((item, i) => item.start - (items[i - 1]?.end ?? 0))
  const tail = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <tbody ref={body}>
      {items.flatMap((item, i) => {
        const entry = entries[item.index]
        if (!entry) return []
        const height = gaps[i] ?? 0
        return [
          height > 0 && <Gap key={i === 0 ? 'gap' : `gap-${entry.id}`} height={height} />,
          'row' in entry && brief.has(entry.id) ? (
            <BriefRow key={`brief-${brief.get(entry.id)}`} {...rowProps(props, entry.row)} index={item.index} />
          ) : (
            <EntryRow
              key={entry.id}
              entry={entry}
              body={props}
              index={item.index}
              measure={virtualizer.measureElement}
            />
          ),
        ]
      })}
      {tail > 0 && <Gap height={tail} />}
    </tbody>
  )
}

/**
 * As tall as it is, once the browser has laid the page out and says so. To ask as a row comes in would have it lay out the page for
 * each, which took longer than drawing them.
 */
function measuredLater(
  row: Element,
  told: ResizeObserverEntry | undefined,
  all: Virtualizer<HTMLElement, Element>,
): number {
  if (told) return measureElement(row, told, all)
  const index = all.indexFromElement(row)
  return all.measurementsCache[index]?.size ?? all.options.estimateSize(index)
}

const none: readonly string[] = []

// The cast keeps the row's type, which `memo` loses.
const BriefRow = memo(GuardedBriefRow) as unknown as typeof GuardedBriefRow

function GuardedBriefRow<Row>(props: BodyRowProps<Row>) {
  return <Guard of={props.row}>{(retry) => (retry ? <Tr {...props}>{null}</Tr> : <OneBriefRow {...props} />)}</Guard>
}

/** What tells a row from others. Columns that have nothing for it are one cell together. */
function OneBriefRow<Row>(props: BodyRowProps<Row>) {
  const { row, columns, selectLabel } = props
  const cells: ReactNode[] = []
  let empty = 0
  const endEmpty = () => {
    if (empty > 0) cells.push(<td key={cells.length} colSpan={empty} className={tdClass} />)
    empty = 0
  }
  for (const { id, look, brief } of columns) {
    if (!brief) {
      empty++
      continue
    }
    endEmpty()
    cells.push(
      <Cell key={id} look={look}>
        {brief(row.original)}
      </Cell>,
    )
  }
  endEmpty()
  return (
    <Tr {...props}>
      {selectLabel !== undefined && <td className={selectClass} />}
      {cells}
    </Tr>
  )
}

const isHead = (entry: object | undefined): boolean => entry !== undefined && 'group' in entry

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td />
    </tr>
  )
}

interface LongTableNoteProps {
  count: number
  showsAll: boolean
  onChange: (showsAll: boolean) => void
}

/** How many rows there are, and the way to have all of them in the page. */
export function LongTableNote(props: LongTableNoteProps) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-3 text-13 text-fg-2">
      <span className="print:hidden">
        {formatNumber(props.count)} rows. {props.showsAll ? 'All are in the page.' : 'Rows load as you scroll.'}
      </span>
      {!props.showsAll && (
        <strong className="hidden print:inline">
          {formatNumber(props.count)} rows. Only some of them are on this paper. Choose “Show all rows” first, then
          print.
        </strong>
      )}
      <Button size="small" onClick={() => props.onChange(!props.showsAll)}>
        {props.showsAll ? 'Load as you scroll' : 'Show all rows'}
      </Button>
    </div>
  )
}
