import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { type BodyProps, BodyRow, rowProps } from './data-table-body.tsx'

/** Only the rows in view, and the focused one, which must not vanish under its reader. */
export function VirtualBody<Row>(props: BodyProps<Row>) {
  const rows = props.table.rows
  const body = useRef<HTMLTableSectionElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => props.scroller,
    estimateSize: () => props.rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    rangeExtractor: (range) => {
      const focused = body.current?.contains(document.activeElement)
        ? document.activeElement?.closest('tr')?.dataset['row']
        : undefined
      const pinned = focused === undefined ? -1 : rows.findIndex((row) => row.id === focused)
      const visible = defaultRangeExtractor(range)
      return pinned < 0 || visible.includes(pinned) ? visible : [...visible, pinned].sort((a, b) => a - b)
    },
  })
  const items = virtualizer.getVirtualItems()
  const gaps = items.map((item, i) => item.start - (items[i - 1]?.end ?? 0))
  const tail = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <tbody ref={body}>
      {items.map((item, i) => {
        const row = rows[item.index]
        if (!row) return null
        const height = gaps[i] ?? 0
        return [
          height > 0 && <Gap key={`gap-${row.id}`} height={height} />,
          <BodyRow key={row.id} {...rowProps(props, row)} index={item.index} measure={virtualizer.measureElement} />,
        ]
      })}
      {tail > 0 && <Gap height={tail} />}
    </tbody>
  )
}

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td />
    </tr>
  )
}
