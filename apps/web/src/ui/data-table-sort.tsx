import type { RowData } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ChangeEvent, useId } from 'react'
import { IconButton } from './button.tsx'
import type { KitTable } from './data-table-kit.ts'
import { controlClass } from './text-input.tsx'

/** What the heads do, where a phone has no heads: by which column, and which way around. */
export function SortChoice<Row extends RowData>({ table }: { table: KitTable<Row> }) {
  const id = useId()
  const columns = table.getAllLeafColumns().filter((column) => column.getCanSort())
  const current = columns.find((column) => column.getIsSorted())
  const isDown = current?.getIsSorted() === 'desc'
  const choose = ({ target }: ChangeEvent<HTMLSelectElement>) =>
    columns.find((column) => column.id === target.value)?.toggleSorting(false)
  return (
    <div className="mb-2 flex items-center gap-2 text-13">
      <label htmlFor={id} className="text-fg-2">
        Sort by
      </label>
      <select id={id} value={current?.id} onChange={choose} className={`${controlClass} h-control flex-1`}>
        {columns.map(({ id: name, columnDef: { header } }) => (
          <option key={name} value={name}>
            {typeof header === 'string' ? header : name}
          </option>
        ))}
      </select>
      <IconButton
        label={isDown ? 'Sort ascending' : 'Sort descending'}
        icon={isDown ? <ArrowDown aria-hidden size={16} /> : <ArrowUp aria-hidden size={16} />}
        onClick={() => current?.toggleSorting(!isDown)}
      />
    </div>
  )
}
