import type { ReactNode } from 'react'
import { type BodyRowProps, Cell, SelectCell, Tr, tdClass } from './data-table-row.tsx'
import { Guard } from './guard.tsx'

/**
 * A row in which an error came up while it was drawn (H11). Each cell is drawn on its own, so that only those are lost that cannot
 * be. In place of a `compact` row that cannot be drawn stands what names it.
 */
export function RowByCell<Row>(props: BodyRowProps<Row>) {
  const { row, columns, compact } = props
  const header = columns.find(({ look }) => look.isRowHeader)
  return (
    <Tr {...props}>
      <SelectCell {...props} />
      {compact ? (
        <td className={tdClass}>
          <Drawn
            of={row}
            draw={() => compact(row.original)}
            instead={
              <>
                {header && <Drawn of={row} draw={() => header.draw(row)} />} <NotShown />
              </>
            }
          />
        </td>
      ) : (
        columns.map(({ id, look, draw }) => (
          <Cell key={id} look={look}>
            <Drawn of={row} draw={() => draw(row)} />
          </Cell>
        ))
      )}
    </Tr>
  )
}

interface DrawnProps {
  of: unknown
  draw: () => ReactNode
  instead?: ReactNode
}

const Drawn = ({ of, draw, instead = <NotShown /> }: DrawnProps) => (
  <Guard of={of}>{(retry) => (retry ? instead : <Draw draw={draw} />)}</Guard>
)

const Draw = ({ draw }: Pick<DrawnProps, 'draw'>) => draw()

function NotShown() {
  return (
    <span className="text-fg-3" title="A fault of the console, which says nothing of your network">
      Cannot be shown
    </span>
  )
}
