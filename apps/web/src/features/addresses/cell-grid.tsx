import { Link } from '@tanstack/react-router'
import type { Cell, CellState } from '@tunnel-console/shared/address-map'
import { type KeyboardEvent, useState } from 'react'
import { useCan } from '../../data/session.ts'
import { cx } from '../../lib/cx.ts'
import { letterOf, wordsOf } from './cell-words.ts'

interface CellGridProps {
  /** What the grid shows, such as "10.252.0.0/24". */
  label: string
  cells: readonly Cell[]
  /** The subnet that would be proposed next. */
  next: string | null
}

/**
 * The /31s of a block. One stop of the Tab key: from there the arrows lead on (WAI-ARIA APG, roving tabindex). Each cell says
 * what it is, and the line below says it to those who see: of the one under the pointer, else of the one with the focus.
 */
export function CellGrid({ label, cells, next }: CellGridProps) {
  const [active, setActive] = useState(0)
  const [focused, setFocused] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const shown = cells[pointed ?? focused ?? -1]
  return (
    <div className="flex flex-col gap-2">
      <ul
        aria-label={label}
        className="grid w-fit grid-cols-8 gap-1 sm:grid-cols-16"
        onKeyDown={walk}
        onPointerLeave={() => setPointed(null)}
        onBlur={() => setFocused(null)}
      >
        {cells.map((cell, index) => (
          <li
            key={cell.subnet}
            onFocus={() => {
              setActive(index)
              setFocused(index)
              setPointed(null)
            }}
            onPointerEnter={() => setPointed(index)}
          >
            <CellPart
              cell={cell}
              isNext={cell.subnet === next}
              tabIndex={index === Math.min(active, cells.length - 1) ? 0 : -1}
            />
          </li>
        ))}
      </ul>
      <p aria-hidden className="min-h-5 text-13 text-fg-2">
        {shown ? (
          <>
            <span className="mono">{shown.subnet}</span> is {wordsOf(shown)}
            {shown.subnet === next && ', and the next that is proposed'}
          </>
        ) : (
          'Point at a subnet, or go to it by the arrow keys, to see what has it.'
        )}
      </p>
    </div>
  )
}

/** Moves the focus by the arrows, to the ends of the row by Home and End. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const list = event.currentTarget
  const parts = [...list.querySelectorAll<HTMLElement>('[data-cell]')]
  const at = parts.findIndex((part) => part.matches(':focus'))
  const columns = getComputedStyle(list).gridTemplateColumns.split(' ').length
  const row = at - (at % columns)
  const targets: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: row,
    End: Math.min(row + columns, parts.length) - 1,
  }
  const target = targets[event.key]
  if (at < 0 || target === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  parts[target]?.focus()
}

/** A tunnel leads to its page, a free subnet to a new tunnel; the others only tell what they are. */
function CellPart({ cell, isNext, tabIndex }: { cell: Cell; isNext: boolean; tabIndex: number }) {
  const mayCreate = useCan('tunnel.create')
  const tunnel = cell.state === 'used' && cell.by[0]?.kind === 'ipsec' ? cell.by[0].id : null
  const look = {
    'data-cell': cell.state,
    tabIndex,
    className: cx(cellClass(cell.state), isNext && 'border-2 border-accent!'),
    'aria-label': `${cell.subnet}, ${wordsOf(cell)}`,
    children: <span aria-hidden>{letterOf(cell)}</span>,
  }
  if (tunnel !== null) return <Link {...look} to="/tunnels/$id" params={{ id: tunnel }} preload={false} />
  if (cell.state !== 'free' || !mayCreate) return <button type="button" {...look} />
  return (
    <Link
      {...look}
      to="/tunnels/new"
      search={{ interface_address: cell.subnet }}
      preload={false}
      aria-label={`${cell.subnet}, ${isNext ? 'next free' : 'free'}: create a tunnel here`}
    />
  )
}

const looks: Record<CellState, string> = {
  used: 'border-transparent bg-unknown-bg text-unknown-fg',
  held: 'border-transparent bg-establishing-bg text-establishing-fg',
  reserved: 'border-line bg-sunken text-fg-3',
  free: 'border-control-line bg-surface text-fg hover:border-accent hover:bg-sunken',
  overlapping: 'border-danger bg-down-bg text-down-fg',
}

export const cellClass = (state: CellState) =>
  cx(
    'mono flex size-7 items-center justify-center rounded-s border text-12 font-medium pointer-coarse:size-9',
    looks[state],
  )
