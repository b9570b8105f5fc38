import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ChangeEvent, useId } from 'react'
import { IconButton } from './button.tsx'
import type { KitTable } from './data-table-kit.ts'
import { controlClass } from './text-input.tsx'

/** What the heads do, where a phone has no heads: by which column, and which way around. */
export function SortChoice<Row>({ table }: { table: KitTable<Row> }) {
  const id = useId()
  const columns = table.columns.filter(({ sortsBy }) => sortsBy)
  const current = table.sorted
  const isDown = current?.desc ?? false
  const choose = ({ target }: ChangeEvent<HTMLSelectElement>) => table.sortBy(target.value, false)
  return (
    <div className="mb-2 flex items-center gap-2 text-13">
      <label htmlFor={id} className="text-fg-2">
        Sort by
      </label>
      <select id={id} value={current?.id} onChange={choose} className={`${controlClass} h-control flex-1 arrowed`}>
        {columns.map(({ id: name, header }) => (
          <option key={name} value={name}>
            {header}
          </option>
        ))}
      </select>
      <IconButton
        label={isDown ? 'Sort ascending' : 'Sort descending'}
        icon={isDown ? <ArrowDown aria-hidden size={16} /> : <ArrowUp aria-hidden size={16} />}
        onClick={() => current && table.sortBy(current.id, !isDown)}
      />
    </div>
  )
}
