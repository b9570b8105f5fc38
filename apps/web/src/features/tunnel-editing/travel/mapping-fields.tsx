import { fields } from '@tunnel-console/shared/fields'
import { missingTargets, type Target, targetLabel, targets } from '@tunnel-console/shared/travel/mapping'
import { useId } from 'react'
import { Select } from '../../../ui/select-field.tsx'
import type { OpenFile, Purpose } from './open-file.ts'

interface MappingFieldsProps {
  file: OpenFile
  purpose: Purpose
  onChange: (mapping: readonly Target[]) => void
}

/** What each column of the file is. Guessed by its name, and open where something is missing. */
export function MappingFields({ file: { sheet, mapping }, purpose, onChange }: MappingFieldsProps) {
  const unused = mapping.filter((target) => target === null).length
  const missing = purpose === 'import' ? missingTargets(mapping).map((path) => fields[path].label) : []
  return (
    <details className="rounded-m border border-line bg-surface px-4 py-2 text-14" open={missing.length > 0}>
      <summary className="min-h-6 rounded-s py-1">
        Columns: {mapping.length - unused} used{unused > 0 && `, ${unused} not used`}
      </summary>
      {missing.length > 0 && (
        <p className="mt-2 text-degraded-fg">
          No column is {missing.join(', ')}. Choose one below, or write it in each row.
        </p>
      )}
      <div className="grid gap-4 py-3 sm:grid-cols-2 lg:grid-cols-3">
        {sheet.columns.map((column, index) => (
          <ColumnField
            key={column}
            column={column}
            sample={sheet.rows.find(({ cells }) => cells[index])?.cells[index] ?? ''}
            target={mapping[index] ?? null}
            // A field that another column had is that column's no more.
            onChange={(target) =>
              onChange(mapping.map((known, at) => (at === index ? target : known === target ? null : known)))
            }
          />
        ))}
      </div>
    </details>
  )
}

const options = [
  { value: '', label: 'Not used' },
  ...targets.map((target) => ({ value: target as string, label: targetLabel(target) })),
]

interface ColumnFieldProps {
  column: string
  sample: string
  target: Target
  onChange: (target: Target) => void
}

function ColumnField({ column, sample, target, onChange }: ColumnFieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="mono text-13 [overflow-wrap:anywhere]">
        {column}
      </label>
      <Select
        id={id}
        value={target ?? ''}
        options={options}
        aria-describedby={`${id}-sample`}
        onChange={({ target: { value } }) => onChange(targets.find((known) => known === value) ?? null)}
      />
      <p id={`${id}-sample`} className="truncate text-12 text-fg-3">
        {sample === '' ? 'Empty' : `Such as ${sample.slice(0, 60)}`}
      </p>
    </div>
  )
}
